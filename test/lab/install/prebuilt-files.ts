import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutZig } from '../../../scripts/python-packages.mjs';
import { needs } from '../../support/needs.ts';

/** What a program or library asks of others, as readelf(1) tells of any processor's. */
function linkMap(file: string): { libraries: string[]; versions: string[]; unversioned: string[] } {
  const read = (...words: string[]): string =>
    execFileSync('readelf', ['--wide', ...words, file], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const undefinedSymbols = [...read('--dyn-syms').matchAll(/ UND (\S+)/g)].map(([, name = '']) => name);
  return {
    libraries: [...read('--dynamic').matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name = '']) => name).sort(),
    versions: [...new Set(undefinedSymbols.flatMap((name) => name.match(/(?<=@)\w+[\d.]+/g) ?? []))].sort(),
    unversioned: undefinedSymbols.filter((name) => !name.includes('@')),
  };
}

/** Of a version such as FBSD_1.5. */
const minor = (version: string): number => Number(/^FBSD_1\.(\d+)$/.exec(version)?.[1] ?? Number.NaN);

/** What must hold of the prebuilt files that are packed, by the folder of the unpacked package. */
export function describePrebuiltFiles(unpack: () => string): void {
  let prebuilds: string;
  beforeAll(() => {
    prebuilds = join(unpack(), 'prebuilds');
  });

  describe.each(['freebsd-x64', 'freebsd-arm64'])('the prebuilt files for %s', (name) => {
    const file = (base: string): string => join(prebuilds, name, base);
    const isBuilt = { isMet: () => existsSync(file('launcher')), otherwise: withoutZig };

    it('need of the system its C library and its threads, as FreeBSD 12.0 has them, and of Node Node-API alone', () => {
      needs(isBuilt);
      const { libraries, versions, unversioned } = linkMap(file('hv_kvp.node'));
      expect(libraries).toEqual(['libc.so.7', 'libthr.so.3']);
      for (const version of versions) expect(minor(version)).toBeLessThanOrEqual(5);
      expect(unversioned.filter((symbol) => !/^(napi|node_api)_/.test(symbol))).toEqual([]);
    });

    it('have a launcher for FreeBSD 14.0', () => {
      needs(isBuilt);
      const { versions, unversioned } = linkMap(file('launcher'));
      for (const version of versions) expect(minor(version)).toBeLessThanOrEqual(7);
      expect(unversioned).toEqual([]);
    });

    it('are of FreeBSD, without symbols for a debugger', () => {
      needs(isBuilt);
      const isStripped = !execFileSync('readelf', ['--sections', file('hv_kvp.node')], { encoding: 'utf8' }).includes(
        '.symtab',
      );
      expect(isStripped).toBe(true);
      expect(readFileSync(file('launcher')).includes('/libexec/ld-elf.so.1')).toBe(true);
    });
  });

  describe.each(['linux-x64-musl', 'linux-arm64-musl'])('the prebuilt files for %s', (name) => {
    const file = (base: string): string => join(prebuilds, name, base);
    const isBuilt = { isMet: () => existsSync(file('launcher')), otherwise: withoutZig };

    it('need musl, and of Node Node-API alone', () => {
      needs(isBuilt);
      expect(linkMap(file('hv_kvp.node')).libraries).toEqual(['libc.so']);
    });

    it('have a launcher that needs no library, and so runs with any', () => {
      needs(isBuilt);
      expect(linkMap(file('launcher')).libraries).toEqual([]);
    });
  });
}
