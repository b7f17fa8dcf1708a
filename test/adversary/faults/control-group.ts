import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const bytesPerMebibyte = 1_048_576;

/** What starts a program in a control group of its own that may use so much memory, as MemoryMax= has it. Needs root. */
export function limitedMemory(mebibytes: number): readonly string[] {
  const { folder, limit } = memoryController();
  const group = join(folder, `kvp-faults-${process.pid}`);
  process.once('exit', () => {
    spawnSync('rmdir', [group]);
  });
  const bytes = mebibytes * bytesPerMebibyte;
  const enter = `mkdir ${group} && echo ${bytes} > ${group}/${limit} && echo $$ > ${group}/cgroup.procs && exec "$@"`;
  return ['sh', '-c', enter, 'sh'];
}

/** The second version of control groups if it counts memory here, or else the first. */
function memoryController(): { readonly folder: string; readonly limit: string } {
  const mounts = readFileSync('/proc/mounts', 'utf8');
  const second = /^\S+ (\S+) cgroup2 /m.exec(mounts)?.[1];
  if (second !== undefined && readFileSync(join(second, 'cgroup.controllers'), 'utf8').includes('memory')) {
    writeFileSync(join(second, 'cgroup.subtree_control'), '+memory');
    return { folder: second, limit: 'memory.max' };
  }
  const first = /^\S+ (\S+) cgroup \S*\bmemory\b/m.exec(mounts)?.[1];
  if (first === undefined) throw new Error('no control group counts memory on this machine');
  return { folder: first, limit: 'memory.limit_in_bytes' };
}
