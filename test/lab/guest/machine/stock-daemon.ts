import { join } from 'node:path';
import { cached } from './cache.ts';
import { unpack } from './packages.ts';

/** The `/usr` folder of Debian's package of the C daemon, unpacked. */
export async function stockDaemon(): Promise<string> {
  return join(await cached('hyperv-daemons', (folder) => unpack('hyperv-daemons', folder)), 'usr');
}
