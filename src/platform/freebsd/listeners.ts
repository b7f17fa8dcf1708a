import { ask } from '../ask.ts';
import type { Machine } from '../machine.ts';

/** The local addresses at which a TCP port is listened on; "0.0.0.0" and "::" for all. */
export async function readListeners(machine: Machine, port: number): Promise<readonly string[]> {
  const { output } = await ask(machine, 'sockstat', ['-46lnq', '-P', 'tcp', '-p', String(port)]);
  return output.split('\n').flatMap((line) => {
    const [, , , , protocol = '', local = ''] = line.trim().split(/\s+/);
    const address = local.slice(0, Math.max(0, local.lastIndexOf(':')));
    if (address === '') return [];
    if (address !== '*') return [address];
    return [protocol === 'tcp6' || protocol === 'tcp46' ? '::' : '0.0.0.0'];
  });
}
