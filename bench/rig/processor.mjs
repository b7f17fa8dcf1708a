import { readFileSync } from 'node:fs';

/** The last processor that this process may run on: what is pinned runs there, driver and daemon alike. */
export function chosenCpu() {
  const allowed = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return Number(allowed.split(/[,-]/).at(-1));
}
