import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Debian's cloud-init and what its reporting handler imports. */
const packages = [
  'cloud-init',
  ...['attr', 'certifi', 'chardet', 'charset-normalizer', 'configobj', 'idna', 'jinja2', 'json-pointer', 'jsonpatch'],
  ...['jsonschema', 'markupsafe', 'netifaces', 'oauthlib', 'pyrsistent', 'requests', 'six', 'urllib3', 'yaml'],
].map((name) => (name === 'cloud-init' ? name : `python3-${name}`));

const folder = fileURLToPath(new URL('../../../node_modules/.cache/hyperv-kvp/cloud-init', import.meta.url));

/** Where Python finds cloud-init, unpacked and not installed; undefined, with the reason in `missing`, if it cannot be had. */
export function unpackCloudInit(): { readonly pythonPath: string } | { readonly missing: string } {
  const pythonPath = join(folder, 'usr/lib/python3/dist-packages');
  if (existsSync(pythonPath)) return { pythonPath };
  // Several test files may want it at once.
  const unpacking = `${folder}.${process.pid}`;
  rmSync(unpacking, { recursive: true, force: true });
  mkdirSync(unpacking, { recursive: true });
  try {
    download(unpacking);
    for (const name of readdirSync(unpacking).filter((each) => each.endsWith('.deb'))) {
      execFileSync('dpkg', ['-x', name, '.'], { cwd: unpacking, stdio: 'pipe' });
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { missing: `cloud-init from Debian's archive: ${error.message}` };
  }
  if (existsSync(folder)) rmSync(unpacking, { recursive: true });
  else renameSync(unpacking, folder);
  return { pythonPath };
}

/** A new machine has no list of packages yet. */
function download(into: string): void {
  const aptGet = (...words: string[]): Buffer => execFileSync('apt-get', words, { cwd: into, stdio: 'pipe' });
  try {
    aptGet('download', ...packages);
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    aptGet('update');
    aptGet('download', ...packages);
  }
}
