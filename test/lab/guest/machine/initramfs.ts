import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached, fingerprint } from './cache.ts';
import { labSources } from './folders.ts';
import type { Kernel } from './kernel.ts';
import { run } from './program.ts';

/** The archive the kernel boots into: busybox, the modules of the virtual devices, and `initramfs/init`. */
export async function initramfs(kernel: Kernel): Promise<string> {
  const scripts = join(labSources, 'initramfs');
  const folder = await cached(`initramfs-${kernel.release}-${await fingerprint(scripts)}`, async (folder) => {
    const root = join(folder, 'root');
    for (const name of ['bin', 'modules', 'machine']) await mkdir(join(root, name), { recursive: true });
    await copyFile('/bin/busybox', join(root, 'bin/busybox'));
    await copyFile(join(scripts, 'init'), join(root, 'init'));
    await chmod(join(root, 'init'), executable);
    await copyModules(kernel, join(root, 'modules'));
    await run('sh', ['-c', 'find . | cpio --quiet -o -H newc > ../archive'], root);
    await rm(root, { recursive: true });
  });
  return join(folder, 'archive');
}

const executable = 0o755;

/** What the guest needs before it sees the machine's modules, in `order` as they must be loaded. */
const modules = ['virtio_pci', 'virtio_console', 'virtio_blk', '9pnet_virtio', '9p', 'overlay', 'ext4'];

async function copyModules(kernel: Kernel, target: string): Promise<void> {
  const args = ['-d', kernel.root, '-S', kernel.release, '--show-depends', '--all', ...modules];
  const names: string[] = [];
  for (const line of (await run('modprobe', args)).split('\n')) {
    const path = /^insmod (\S+)/.exec(line)?.[1];
    if (path === undefined) continue;
    const name = basename(path);
    await copyFile(path, join(target, name));
    if (!names.includes(name)) names.push(name);
  }
  await writeFile(join(target, 'order'), names.map((name) => `${name}\n`).join(''));
}
