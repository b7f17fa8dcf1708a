import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installVariable } from '../../../../scripts/debian-packages.mjs';
import type { Need } from '../../../support/needs.ts';

/** Debian's cloud-init and what its reporting handler imports. */
const packages = [
  'cloud-init',
  ...['attr', 'certifi', 'chardet', 'charset-normalizer', 'configobj', 'idna', 'jinja2', 'json-pointer', 'jsonpatch'],
  ...['jsonschema', 'markupsafe', 'netifaces', 'oauthlib', 'pyrsistent', 'requests', 'six', 'urllib3', 'yaml'],
].map((name) => (name === 'cloud-init' ? name : `python3-${name}`));

const folder = fileURLToPath(new URL('../../../../node_modules/.cache/hyperv-kvp/cloud-init', import.meta.url));

/** Where Python finds cloud-init, unpacked and not installed. */
export const cloudInitPath = join(folder, 'usr/lib/python3/dist-packages');

/** Cloud-init's own code. Like a program, it is fetched only by `--install`. */
export const cloudInitCode: Need = {
  isMet: () => {
    if (existsSync(cloudInitPath)) return true;
    if (process.env[installVariable] === undefined) return false;
    unpack();
    return true;
  },
  otherwise: 'it takes the code of cloud-init, which --install fetches',
};

function unpack(): void {
  // Several test files may want it at once.
  const unpacking = `${folder}.${process.pid}`;
  rmSync(unpacking, { recursive: true, force: true });
  mkdirSync(unpacking, { recursive: true });
  const run = (program: string, ...words: string[]): Buffer =>
    execFileSync(program, words, { cwd: unpacking, stdio: 'pipe' });
  run('apt-get', 'update');
  run('apt-get', 'download', ...packages);
  for (const name of readdirSync(unpacking).filter((each) => each.endsWith('.deb'))) run('dpkg', '-x', name, '.');
  if (existsSync(folder)) rmSync(unpacking, { recursive: true });
  else renameSync(unpacking, folder);
}
