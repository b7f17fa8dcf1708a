import { copyFile, cp, mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cached, fingerprint } from './cache.ts';
import { labSources } from './folders.ts';
import type { Kernel } from './kernel.ts';
import { run } from './program.ts';

/** A root for `modprobe -d` that holds Debian's hv_utils and, as hv_vmbus, the lab's stand-in for that module. */
export async function driverModules(kernel: Kernel): Promise<string> {
  const sources = join(labSources, 'vmbus');
  return cached(`driver-${kernel.release}-${await fingerprint(sources)}`, async (folder) => {
    console.log('building the hv_vmbus stand-in');
    const modules = join(folder, 'lib/modules', kernel.release);
    await copyStockDriver(kernel, modules);
    await build(kernel, sources, join(folder, 'build'));
    await copyFile(join(folder, 'build/hv_vmbus.ko'), join(modules, 'hv_vmbus.ko'));
    await run('depmod', ['-b', folder, kernel.release]);
  });
}

async function copyStockDriver(kernel: Kernel, target: string): Promise<void> {
  const modules = join(kernel.root, 'lib/modules', kernel.release);
  await mkdir(target, { recursive: true });
  for (const name of await readdir(modules)) {
    if (name.startsWith('modules.')) await copyFile(join(modules, name), join(target, name));
  }
  await copyFile(join(modules, 'kernel/drivers/hv/hv_utils.ko'), join(target, 'hv_utils.ko'));
}

/** The file of a module that a folder of this checkout has the source of. */
export async function builtModule(kernel: Kernel, sources: string): Promise<string> {
  const name = basename(sources);
  const folder = await cached(`${name}-${kernel.release}-${await fingerprint(sources)}`, (folder) =>
    build(kernel, sources, folder),
  );
  return join(folder, `${name}.ko`);
}

async function build(kernel: Kernel, sources: string, folder: string): Promise<void> {
  await cp(sources, folder, { recursive: true });
  await run('make', ['-C', `/usr/src/linux-headers-${kernel.release}`, `M=${folder}`, 'modules']);
}
