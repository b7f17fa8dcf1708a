import { KnownFile } from './known-file.ts';
import type { Machine } from './machine.ts';

/** What hosts(5) has as the first name of the first address that a name stands for, as resolvers take it; none without one. */
export function nameInHostsFile(machine: Machine, hostName: string): string | undefined {
  const file = hostsFiles.get(machine) ?? new KnownFile(machine, '/etc/hosts', namesInHosts);
  hostsFiles.set(machine, file);
  const wanted = hostName.toLowerCase();
  return file.current().find((names) => names.some((name) => name.toLowerCase() === wanted))?.[0];
}

const hostsFiles = new WeakMap<Machine, KnownFile<readonly (readonly string[])[]>>();

/** The names of each line. */
function namesInHosts(text = ''): readonly (readonly string[])[] {
  return text.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
}
