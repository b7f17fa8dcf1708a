import { type Machine, readText } from '../machine.ts';
import { shortest } from '../address-form.ts';

/** TCP_LISTEN in <net/tcp_states.h>. */
const listening = '0A';
const wordLength = 8;

/** The local addresses at which a TCP port is listened on; "0.0.0.0" and "::" for all. */
export function readListeners(machine: Machine, port: number): readonly string[] {
  const portText = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    (readText(machine, path)?.split('\n') ?? []).flatMap((line) => {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const [address = '', localPort] = local.split(':');
      return localPort === portText && state === listening ? [addressOf(address)] : [];
    }),
  );
}

/** Words of four bytes in the processor's byte order. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => Array.from(Buffer.from(word, 'hex').reverse()));
  if (hex.length === wordLength) return bytes.join('.');
  const groups = Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? [];
  return shortest(groups.join(':'), 'ipv6');
}
