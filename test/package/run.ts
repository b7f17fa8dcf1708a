import { parseArgs } from 'node:util';
import { install } from '../guest/machine/packages.ts';
import type { Tally } from '../guest/checks/outcomes.ts';
import { runGuest } from './guest.ts';
import { checkDebianPackage, checkRpm } from './package-file.ts';
import { buildPackage } from './build-package.ts';
import { scenarios } from './scenario.ts';
import { releases } from './system/release.ts';

// npm run test:package [-- --release CODENAME] [--scenario NAME] [--idle SECONDS] [--exec COMMAND]
const { values } = parseArgs({
  options: {
    /** Only this release of Debian. */
    release: { type: 'string' },
    /** Only this kind of guest. */
    scenario: { type: 'string' },
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
  await install(['binutils', 'debootstrap', 'e2fsprogs', 'git', 'lintian', 'rpm', 'util-linux']);
  const tallies: Tally[] = [];
  for (const release of releases.filter(({ codename }) => codename === (values.release ?? codename))) {
    const file = await buildPackage(release);
    tallies.push(await checkDebianPackage(file));
    if (!release.needsStandalone) tallies.push(await checkRpm(file));
    for (const scenario of scenarios.filter((name) => name === (values.scenario ?? name))) {
      tallies.push(
        await runGuest({
          ...{ release, scenario, file },
          idleSeconds: Number(values.idle),
          command: values.exec,
          signal: interrupted.signal,
        }),
      );
    }
  }
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
