// Prints what is in the package, in CycloneDX's form (SBOM). npm by itself leaves out of its list, as one of development, a package that is needed
// at run time too; so it is shown a lock file that has no others.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ dev?: boolean, devOptional?: boolean }} LockedPackage */

const checkout = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sbom-'));

const manifest = /** @type {object} */ (read('package.json'));
const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (read('package-lock.json'));
const { '': own = {}, ...others } = lock.packages;
const atRunTime = Object.entries(others).filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true);
write('package.json', withoutDevelopment(manifest));
write('package-lock.json', { ...lock, packages: { '': withoutDevelopment(own), ...Object.fromEntries(atRunTime) } });
const words = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
const { status, stdout, stderr } = spawnSync('npm', words, { cwd: folder, encoding: 'utf8' });
rmSync(folder, { recursive: true });
if (status !== 0) throw new Error(`npm makes no list of packages: ${stderr}`);
process.stdout.write(stdout);

/** @param {object} part */
function withoutDevelopment(part) {
  return { ...part, devDependencies: undefined };
}

/** @param {string} file @returns {unknown} */
function read(file) {
  return JSON.parse(readFileSync(join(checkout, file), 'utf8'));
}

/** @param {string} file @param {object} contents */
function write(file, contents) {
  writeFileSync(join(folder, file), JSON.stringify(contents));
}
