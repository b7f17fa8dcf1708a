import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../../../bench/side-by-side/compare.mjs';
import { pairs } from '../../../bench/side-by-side/pairs.mjs';
import { targets } from '../../../bench/targets.mjs';
import { cachePath } from '../../lab/guest/machine/cache.ts';
import { namespaces, needs, system } from '../../support/needs.ts';

const program = join(import.meta.dirname, 'programs/short-run.mjs');
const recordSize = 2560;
const timeoutMs = 60_000;

/** The C daemon takes part where it was downloaded before: a test does not go to the network. */
function stockDaemon(): string {
  const folder = join(cachePath('hyperv-daemons'), 'usr');
  return existsSync(folder) ? folder : '';
}

function shortRun(stock: string): Measured[] {
  // The program prints what `compare` returns.
  return JSON.parse(execFileSync(process.execPath, [program, stock], { encoding: 'utf8' })) as Measured[];
}

describe('a side-by-side run', () => {
  it('measures every operation that has a target, with sane figures', { timeout: timeoutMs }, () => {
    needs(system('linux'), namespaces);
    const stock = stockDaemon();
    const measured = shortRun(stock);
    const of = (name: string) => measured.filter(({ program: own }) => own === name);
    for (const own of measured) {
      expect(own.count, own.operation).toBeGreaterThan(0);
      expect(own.p50, own.operation).toBeGreaterThan(0);
      expect(own.p99, own.operation).toBeGreaterThanOrEqual(own.p50);
    }
    const operations = of('ours').map(({ operation }) => operation);
    expect(operations).toEqual(expect.arrayContaining(targets.flatMap((target) => target.operations)));
    const set = (name: string) => of(name).find(({ operation }) => operation === 'SET overwrite');
    expect(set('echo')?.p50).toBeLessThan(set('ours')?.p50 ?? NaN);
    expect(set('ours')?.bytesWritten).toBeGreaterThanOrEqual(recordSize);
    expect(pairs(measured)).toHaveLength(stock === '' ? 0 : operations.length);
  });
});
