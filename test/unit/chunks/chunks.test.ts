import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkError } from '../../../src/chunks/chunk-scheme.ts';
import { findValue } from '../../../src/chunks/find.ts';
import { chunkSchemeNames, chunkSchemes } from '../../../src/chunks/schemes.ts';
import { carriedLimits } from '../../../src/pools/limits.ts';
import type { KeyAndValue } from '../../../src/pools/pool.ts';

const key = Buffer.from('ignition.config');
const longestOfHlvmm = 4000;

const text = fc
  .array(fc.constantFrom('a', '"', '\\', '\n', 'é', '€', '👋', '\u001f', '<'), { maxLength: 3000 })
  .map((characters) => Buffer.from(characters.join('')));
const longText = fc
  .tuple(text, fc.integer({ min: 1, max: 3 }))
  .map(([part, times]) => Buffer.concat(Array.from({ length: times }, () => part)));

describe.each(chunkSchemeNames)('the scheme of %s', (name) => {
  const scheme = chunkSchemes[name];

  it('joins what it has split, whatever else is in the pool', () => {
    fc.assert(
      fc.property(longText, (value) => {
        fc.pre(name !== 'hlvmm' || value.length < longestOfHlvmm);
        const parts = scheme.split(key, value);
        const others = ['before', 'ignition.config.x', 'ignition.config.00', 'ignition.configs.0', 'ignition.config_0'];
        const records = [
          ...others.map((other) => ({ key: Buffer.from(other), value: Buffer.from('other') })),
          ...parts,
        ];
        expect(scheme.join(key, records)?.equals(value)).toBe(true);
        expect(records.filter((record) => scheme.isPart(key, record.key))).toEqual(parts);
      }),
      { numRuns: 60 },
    );
  });

  it('makes parts that the host carries, and cuts no character', () => {
    fc.assert(
      fc.property(longText, (value) => {
        fc.pre(name !== 'hlvmm' || value.length < longestOfHlvmm);
        for (const part of scheme.split(key, value)) {
          expect(part.value.length).toBeLessThanOrEqual(carriedLimits.value);
          expect(isUtf8(part.value)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing where there is nothing', () => {
    expect(scheme.join(key, [])).toBeUndefined();
    expect(scheme.join(key, [{ key: Buffer.from('other.0'), value: Buffer.from('x') }])).toBeUndefined();
  });
});

describe('bytes that are no text', () => {
  it.each(['ignition', 'azure-init'] as const)('are joined as they were split (%s)', (name) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000, min: 0x80, max: 0xff }), (bytes) => {
        const value = Buffer.from(bytes);
        expect(chunkSchemes[name].join(key, chunkSchemes[name].split(key, value))?.equals(value)).toBe(true);
      }),
    );
  });
});

describe('each scheme', () => {
  it('names its parts as its readers look for them', () => {
    const names = (scheme: (typeof chunkSchemeNames)[number]): string[] =>
      chunkSchemes[scheme].split(key, Buffer.from('v'.repeat(1500))).map((part) => part.key.toString());
    expect(names('ignition')).toEqual(['ignition.config.0', 'ignition.config.1']);
    expect(names('cloud-init')).toEqual(['ignition.config|0', 'ignition.config|1']);
    expect(names('azure-init')).toEqual(['ignition.config', 'ignition.config']);
    expect(names('hlvmm')).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((number) => `ignition.config._${number}`));
  });

  it('refuses what HLVMM’s readers would not look for', () => {
    expect(() => chunkSchemes.hlvmm.split(key, Buffer.alloc(6001, 'v'))).toThrow(ChunkError);
    expect(() => chunkSchemes.hlvmm.split(key, Buffer.alloc(6001, 'v'))).toThrow('needs 31 parts of 200 bytes');
  });
});

describe('a value that is looked for', () => {
  const of = (...texts: readonly (readonly [string, string])[]): KeyAndValue[] =>
    texts.map(([name, value]) => ({ key: Buffer.from(name), value: Buffer.from(value) }));
  const find = (records: readonly KeyAndValue[]) => {
    const found = findValue(Buffer.from('k'), records);
    return found && [found.value.toString(), found.scheme];
  };

  it.each(chunkSchemeNames)('is joined from parts of %s', (name) => {
    const value = Buffer.from('long '.repeat(700));
    const found = findValue(key, chunkSchemes[name].split(key, value));
    expect(found).toEqual({ value, scheme: name });
  });

  it('is the record of the very key, if there is one', () => {
    expect(find(of(['k.0', 'part'], ['k', 'whole']))).toEqual(['whole', undefined]);
  });

  it('is the first of several records that are no parts', () => {
    expect(find(of(['k', 'first'], ['k', 'second']))).toEqual(['first', undefined]);
  });

  it('is not guessed where parts of two schemes are', () => {
    expect(() => find(of(['k.0', 'a'], ['k._0', 'b']))).toThrow('several schemes (ignition and hlvmm)');
  });

  it('ends at the first part that is missing', () => {
    expect(find(of(['k.0', 'a'], ['k.2', 'c'], ['k.1', 'b'], ['k.4', 'e']))).toEqual(['abc', 'ignition']);
  });

  it('is not found in what only looks like parts', () => {
    expect(find(of(['k|0', 'no JSON'], ['k.1', 'b'], ['k._x', 'c']))).toBeUndefined();
  });
});
