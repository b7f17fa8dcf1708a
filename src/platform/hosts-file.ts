import { type Machine, readText } from './machine.ts';

/** What hosts(5) has as the first name of the first address that a name stands for, as resolvers take it; none without one. */
export function nameInHostsFile(machine: Machine, hostName: string): string | undefined {
  const wanted = hostName.toLowerCase();
  return readText(machine, '/etc/hosts')
    ?.split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1))
    .find((names) => names.some((name) => name.toLowerCase() === wanted))?.[0];
}
