import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildStandIn, hypervkvpd, nodejs, others, system } from '../distributions/stand-ins.ts';
import { checkout } from '../guest/machine/folders.ts';
import { run } from '../guest/machine/program.ts';
import { stockDaemon } from '../guest/machine/stock-daemon.ts';

/** What a guest gets whose packages are RPM's. */
export interface RpmPackages {
  /** All of them, as a repository for dnf. */
  readonly folder: string;
  readonly ours: string;
  /** The same in a newer release. */
  readonly newer: string;
  /** What it needs. */
  readonly needed: readonly string[];
}

/** Builds our RPM in two releases, and stand-ins of a distribution's packages; the stock daemon in its own is Debian's. */
export async function buildRpmPackages(): Promise<RpmPackages> {
  console.log('building the RPM');
  const folder = join(checkout, 'build/package/rpm');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  const built = (await run('node', [join(checkout, 'packaging/rpm/build.mjs')])).trim();
  const ours = join(folder, basename(built));
  await copyFile(built, ours);
  const newer = await buildNewer(built, folder);

  const requires = (await run('rpm', ['--query', '--package', '--requires', ours])).split('\n');
  const needed = [system(requires), nodejs('20.19.2')].map((each) => buildStandIn(folder, each));
  const daemon = await readFile(join(await stockDaemon(), 'sbin/hv_kvp_daemon'));
  for (const each of [hypervkvpd('6.10', daemon), ...others]) buildStandIn(folder, each);
  await run('createrepo_c', ['--quiet', '--excludes', basename(newer), folder]);
  return { folder, ours, newer, needed };
}

/** By the specification of one that is built. */
async function buildNewer(built: string, folder: string): Promise<string> {
  const text = await readFile(built.replace(/rpm$/, 'spec'), 'utf8');
  const name = basename(built).replace('-1.', '-2.');
  const specification = join(folder, name.replace(/rpm$/, 'spec'));
  await writeFile(specification, text.replace(/^Release: 1$/m, 'Release: 2'));
  const definitions = [`_topdir ${folder}`, `_rpmdir ${folder}`, `_rpmfilename ${name}`, '_binary_payload w1.gzdio'];
  const words = definitions.flatMap((definition) => ['--define', definition]);
  await run('rpmbuild', [
    '-bb',
    '--quiet',
    '--target',
    `${name.split('.').at(-2) ?? ''}-linux`,
    ...words,
    specification,
  ]);
  return join(folder, name);
}
