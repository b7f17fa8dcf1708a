import { type Machine, readText } from '../machine.ts';
import { processes } from '../processes.ts';

/** What busybox's udhcpc takes without a word. */
const defaultInterface = 'eth0';

/** Whether udhcpc runs for the adapter: it keeps no lease that one could read. Never false, since another client may be at work. */
export function udhcpcRunsFor(machine: Machine, adapter: string): true | undefined {
  const lines = processes(machine)
    .filter((pid) => readText(machine, `/proc/${pid}/comm`)?.trimEnd() === 'udhcpc')
    .map((pid) => readText(machine, `/proc/${pid}/cmdline`)?.split('\0') ?? []);
  return lines.some((words) => interfaceOf(words) === adapter) || undefined;
}

function interfaceOf(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(?:-i|--interface)$/.test(word));
  const attached = words.flatMap((word) => /^(?:-i|--interface=)(.+)$/.exec(word)?.[1] ?? []);
  return (at === -1 ? attached[0] : words[at + 1]) ?? defaultInterface;
}
