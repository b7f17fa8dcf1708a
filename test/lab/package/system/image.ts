import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout } from '../../guest/machine/folders.ts';
import { run } from '../../guest/machine/program.ts';
import { debianTree, type Release } from './release.ts';

/** Where images are made, anew in each run. */
const folder = join(checkout, 'build/package');

/**
 * An ext4 image of a fresh installation of the release with these packages beside, each the name of one of Debian's or the path
 * of a file; apt installs them, semodule modules of SELinux's policy, and rpm RPMs. The network is not asked.
 */
export async function makeImage(release: Release, name: string, packages: readonly string[]): Promise<string> {
  const tree = await debianTree(release);
  const work = join(folder, 'work');
  const image = join(folder, `${release.codename}-${name}.ext4`);
  await mkdir(work, { recursive: true });
  await run('unshare', [
    ...['--mount', '--pid', '--fork', 'sh', join(checkout, 'test/lab/package/system/make-image')],
    ...[tree, work, image, ...packages],
  ]);
  return image;
}
