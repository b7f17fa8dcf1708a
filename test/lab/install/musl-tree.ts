import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { packageLayer } from '../network/environment/releases.ts';

const processors = {
  x64: { debian: 'amd64', musl: 'x86_64' },
  arm64: { debian: 'arm64', musl: 'aarch64' },
};

/** A folder with Debian 13's musl (12's is too old for the Node that is linked with it), also by Alpine's name of the library. */
export async function muslTree(processor: keyof typeof processors): Promise<string> {
  const { debian, musl } = processors[processor];
  const tree = await packageLayer('trixie', 'musl', debian);
  const links = {
    'usr/lib': join(tree, 'lib'),
    [`${musl}-linux-musl/libc.so`]: join(tree, `usr/lib/libc.musl-${musl}.so.1`),
  };
  for (const [target, link] of Object.entries(links)) if (!existsSync(link)) symlinkSync(target, link);
  return tree;
}
