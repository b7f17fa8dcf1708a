import { parseArgs } from 'node:util';
import { install, tools } from '../guest/machine/packages.ts';
import type { Tally } from '../guest/checks/outcomes.ts';
import type { GuestOptions } from './guest.ts';
import { runGuests } from './guests.ts';
import { checkDebianPackage, checkRpm } from './package-file.ts';
import { buildPackage } from './build-package.ts';
import { confinements, type Scenario, scenarios } from './scenario.ts';
import { type Release, releases } from './system/release.ts';

// npm run suite -- package [--release CODENAME] [--scenario NAME] [--quick] [--idle SECONDS] [--exec COMMAND]
const { values } = parseArgs({
  options: {
    /** Only this release of Debian. */
    release: { type: 'string' },
    /** Only this kind of guest. */
    scenario: { type: 'string' },
    /** The packages, and the guest that takes least: of the newer release, which is Hyper-V's only later. */
    quick: { type: 'boolean', default: false },
    /** How long the daemon is watched for descriptors that it does not close. */
    idle: { type: 'string', default: '10' },
    /** Runs this shell command in the guests instead of the checks. */
    exec: { type: 'string' },
  },
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

process.exitCode = process.getuid?.() === 0 ? await main() : refuse();

function refuse(): number {
  console.log('Debian is installed by root only: run this as root');
  return 1;
}

async function main(): Promise<number> {
  await install([
    ...tools,
    'binutils',
    'cpio',
    'createrepo-c',
    'debootstrap',
    'e2fsprogs',
    'git',
    'lintian',
    'rpm',
    'selinux-policy-dev',
    'squashfs-tools',
    'util-linux',
  ]);
  const tallies: Tally[] = [];
  const guests: GuestOptions[] = [];
  for (const release of releases.filter(isMeant)) {
    const file = await buildPackage(release);
    tallies.push(await checkDebianPackage(file));
    if (!release.needsStandalone) tallies.push(await checkRpm(file));
    for (const scenario of scenarios.filter((name) => isWanted(release, name))) {
      guests.push({
        ...{ release, scenario, file },
        idleSeconds: Number(values.idle),
        command: values.exec,
        signal: interrupted.signal,
      });
    }
  }
  tallies.push(...(await runGuests(guests)));
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function isMeant({ codename, isByRequest = false }: Release): boolean {
  return values.release === undefined ? !isByRequest : codename === values.release;
}

function isWanted(release: Release, scenario: Scenario): boolean {
  if (values.quick && (release.needsStandalone || scenario !== 'elsewhere')) return false;
  // One release shows it.
  const isOfOne = ['bad-days', 'rpm', 'extension'].includes(scenario) || confinements[scenario] !== undefined;
  if (release.needsStandalone && isOfOne) return false;
  return scenario === (values.scenario ?? scenario);
}
