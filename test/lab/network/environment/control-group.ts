import { mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';

/** A new control group for a guest's processes, so that its systemd has groups of its own. Returns its folder. */
export function createControlGroup(name: string): string {
  const mounted = /^\S+ (\S+) cgroup2 /m.exec(readFileSync('/proc/mounts', 'utf8'))?.[1];
  if (mounted === undefined) throw new Error('this machine has no cgroup2 mounted, which a systemd needs');
  const folder = join(mounted, name);
  mkdirSync(folder);
  return folder;
}

/** Whether a process of the group, or of one below, is left. */
export function isPopulated(folder: string): boolean {
  return readFileSync(join(folder, 'cgroup.events'), 'utf8').includes('populated 1');
}

/** The time of processors that the group's processes and those of groups below have taken. */
export function processorMsOf(folder: string): number {
  return Number(/^usage_usec (\d+)$/m.exec(readFileSync(join(folder, 'cpu.stat'), 'utf8'))?.[1]) / 1000;
}

/** Removes a group without processes, and the groups below it. */
export function removeControlGroup(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeControlGroup(join(folder, entry.name));
  }
  rmdirSync(folder);
}
