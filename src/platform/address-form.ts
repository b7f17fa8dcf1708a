import type net from 'node:net';
import type { IpFamily } from './adapter.ts';

// Not imported: Node loads as much for node:net as for half of the daemon, which at its start looks at no address.
const loadNet = (): typeof net => process.getBuiltinModule('node:net');

/** Whether a text is an address. */
export function isAddress(text: string): boolean {
  return loadNet().isIP(text) !== 0;
}

/** An address in its shortest form. Expects an address of that family. */
export function shortest(address: string, family: IpFamily): string {
  const { SocketAddress } = loadNet();
  return new SocketAddress({ family, address }).address;
}
