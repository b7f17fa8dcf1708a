// Prints what is in the package, in CycloneDX's form (SBOM), from the lock file: what npm installs with it at run time. npm's own
// list would leave out a package that is also needed for development, is not there before npm 10, and has a new number each time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './run.mjs';

/**
 * @typedef {{ version: string, license?: string, integrity?: string, dependencies?: Record<string, string>,
 *   dev?: boolean, devOptional?: boolean, optional?: boolean }} LockedPackage
 */

/** @type {{ packages: Record<string, LockedPackage> }} */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- npm writes it in this form.
const lock = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8'));
const installed = Object.entries(lock.packages).filter(
  ([, { dev, devOptional }]) => dev !== true && devOptional !== true,
);
const [own, ...others] = installed.map(([path, locked]) => ({ path, locked, component: describe(path, locked) }));
const [carried, carriedVersion = '', carriedIntegrity] = process.argv.slice(2);
if (own === undefined) throw new Error('package-lock.json does not name the package itself');

const bill = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: own.component },
  components: [
    ...others.map(({ component }) => component),
    // A Node that a package brings along: sbom.mjs NAME VERSION INTEGRITY, as npm's registry has it.
    ...(carried === undefined
      ? []
      : [
          describe(`node_modules/${carried}`, {
            version: carriedVersion,
            license: 'MIT',
            integrity: carriedIntegrity ?? '',
          }),
        ]),
  ],
  dependencies: [own, ...others].map(({ path, locked, component }) => ({
    ref: component['bom-ref'],
    dependsOn: Object.keys(locked.dependencies ?? {}).flatMap((name) => referenceTo(name, path)),
  })),
};
console.log(JSON.stringify(bill, undefined, 2));

/** @param {string} path in the lock file @param {LockedPackage} locked */
function describe(path, { version, license, integrity, optional }) {
  const name = path === '' ? 'hyperv-kvp' : nameOf(path);
  return {
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    scope: optional === true ? 'optional' : 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(integrity !== undefined && { hashes: integrity.split(' ').map(hash) }),
    ...(license !== undefined && {
      licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }],
    }),
  };
}

/** @param {string} integrity such as `sha512-BASE64` */
function hash(integrity) {
  const [algorithm = '', digest = ''] = integrity.split(/-(.*)/);
  return {
    alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
    content: Buffer.from(digest, 'base64').toString('hex'),
  };
}

/** The package that Node finds by this name from another's folder. @param {string} name @param {string} from @returns {string[]} */
function referenceTo(name, from) {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  const found = others.find((other) => other.path === path);
  if (found !== undefined) return [found.component['bom-ref']];
  if (from === '') return [];
  return referenceTo(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
