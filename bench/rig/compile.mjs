import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { peers, peerSources } from './folders.mjs';

const flags = ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror'];

/** What is made of which sources. @type {Readonly<Record<string, readonly string[]>>} */
const products = {
  driver: ['driver.c', 'channel.c', 'request.c'],
  echo: ['echo.c', 'channel.c'],
  connected: ['connected.c', 'channel.c'],
  elapsed: ['elapsed.c', 'channel.c'],
  pageout: ['pageout.c', 'channel.c'],
  'redirect.so': ['redirect.c', '-shared', '-fPIC', '-ldl'],
};

/** Compiles the programs in C that benchmarks measure with. */
export function compilePeers() {
  mkdirSync(peers, { recursive: true });
  for (const [product, words] of Object.entries(products)) {
    execFileSync('cc', [...flags, '-o', join(peers, product), ...words], { cwd: peerSources, stdio: 'inherit' });
  }
}

/** Path of one of them. @param {'driver' | 'echo' | 'connected' | 'elapsed' | 'pageout' | 'redirect.so'} product */
export function peer(product) {
  return join(peers, product);
}
