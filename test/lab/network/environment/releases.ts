import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../guest/machine/program.ts';
import { cacheFolder, debianTree, packages, unpack } from './tree.ts';

/** A Debian with further packages, as layers. */
export async function layered(release: string, further: readonly string[]): Promise<string> {
  const base = release === 'bookworm' ? await debianTree() : await releaseTree(release);
  const layers: string[] = [];
  for (const name of further) layers.push(await packageLayer(release, name));
  return [...layers, base].join(':');
}

/** Another release of Debian than this machine's, by lists of its own. */
async function releaseTree(release: string): Promise<string> {
  const folder = join(cacheFolder, `debian-${release}`);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}.partial`;
  try {
    const archives = join(partial, 'archives');
    await mkdir(join(archives, 'partial'), { recursive: true });
    const options = [...(await listsOf(release)), '--option', `Dir::Cache::archives=${archives}`, ...nothingInstalled];
    const action = ['--yes', '--quiet', '--no-install-recommends', '--download-only', 'install'];
    await run('apt-get', [...options, ...action, ...packages]);
    await unpack(archives, join(partial, 'tree'));
    await rename(join(partial, 'tree'), folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

/** A package alone, to be laid over a tree; of this machine's processor, or of another one by Debian's name of it. */
export async function packageLayer(release: string, name: string, architecture = ''): Promise<string> {
  const folder = join(cacheFolder, ['package', release, name, architecture].filter(Boolean).join('-'));
  if (existsSync(folder)) return folder;
  const partial = `${folder}.${process.pid}.partial`;
  try {
    await mkdir(join(partial, 'tree/usr'), { recursive: true });
    const options = release === 'bookworm' ? [] : await listsOf(release, architecture);
    await run('apt-get', [...options, '--option', 'APT::Sandbox::User=root', 'download', '--quiet', name], partial);
    const archive = (await readdir(partial)).find((file) => file.endsWith('.deb')) ?? '';
    await run('dpkg-deb', ['--extract', join(partial, archive), join(partial, 'tree')]);
    // In a merged tree these are links.
    for (const merged of ['bin', 'sbin', 'lib']) {
      const own = join(partial, 'tree', merged);
      if (!existsSync(own)) continue;
      await mkdir(join(partial, 'tree/usr', merged), { recursive: true });
      await run('sh', ['-c', 'cp -a "$0/." "$1/" && rm -r "$0"', own, join(partial, 'tree/usr', merged)]);
    }
    await rename(join(partial, 'tree'), folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}

const nothingInstalled = ['--option', 'Dir::State::status=/dev/null'];

/** Options by which apt-get knows that release and nothing else. */
async function listsOf(release: string, architecture = ''): Promise<readonly string[]> {
  const folder = join(cacheFolder, ['lists', release, architecture].filter(Boolean).join('-'));
  const parts = join(folder, 'parts');
  const options = [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${parts}`,
    `Dir::State::lists=${join(folder, 'lists')}`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
    'Debug::NoLocking=1',
    'APT::Sandbox::User=root',
    ...(architecture === '' ? [] : [`APT::Architecture=${architecture}`, `APT::Architectures=${architecture}`]),
  ].flatMap((option) => ['--option', option]);
  if (existsSync(parts)) return options;
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(parts, { recursive: true });
  const signed = 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg';
  const source = `Types: deb\nURIs: ${await archive()}\nSuites: ${release}\nComponents: main\n${signed}\n`;
  await writeFile(join(parts, `${release}.sources`), source);
  await run('apt-get', [...options, 'update', '--quiet']);
  return options;
}

/** Where this machine has Debian's packages from. */
async function archive(): Promise<string> {
  const which = ['Created-By: Packages', 'Origin: Debian', 'Label: Debian'];
  const [uri = ''] = (await run('apt-get', ['indextargets', '--format', '$(REPO_URI)', ...which])).split('\n');
  return uri;
}
