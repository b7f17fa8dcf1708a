import { describe, expect, it } from 'vitest';
import { dump } from '../../../src/hvkvp/pools/dump.ts';
import { get } from '../../../src/hvkvp/pools/get.ts';
import { list } from '../../../src/hvkvp/pools/list.ts';
import { standardOutput } from '../../../src/hvkvp/output.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import type { Pools } from '../../../src/pools/pools.ts';
import { makePlace } from '../pools/support/open-pool.ts';

/** More than a call takes arguments, and more in all than a text can have characters. */
const count = 270_000;
const record = { key: Buffer.alloc(512, 'k'), value: Buffer.alloc(2048, 'v') };
const longest = 2 ** 29;

function manyRecords(): Pools {
  const pools = makePlace().open();
  const records = Array.from({ length: count }, () => record);
  pools.at(PoolNumber.guest).records = () => records;
  return pools;
}

function counted(given: { readonly isTerminal?: boolean; readonly json?: boolean }) {
  const seen = { characters: 0, lines: 0 };
  const output = {
    ...standardOutput(),
    isTerminal: false,
    json: false,
    hasColours: false,
    ...given,
    write: (text: string | Buffer) => {
      seen.characters += text.length;
      seen.lines += String(text).split('\n').length - 1;
    },
  };
  return { seen, output };
}

describe('270,000 full records', () => {
  const wanted = [PoolNumber.guest];
  it.each([
    ['a list on a terminal', { isTerminal: true }, count + 1],
    ['a list in a pipe', {}, count],
    ['a list as JSON', { json: true }, 1],
  ])('are told by %s', { timeout: 60_000 }, async (_, given, lines) => {
    const { seen, output } = counted(given);
    await list(manyRecords(), { wanted, keys: [], unique: false, keysOnly: false, full: true }, output);
    expect(seen.lines).toBe(lines);
    expect(seen.characters).toBeGreaterThan(longest);
  });

  it('are told by a dump', { timeout: 60_000 }, async () => {
    const { seen, output } = counted({});
    await dump(manyRecords(), wanted, output);
    expect(seen.lines).toBe(count);
    expect(seen.characters).toBeGreaterThan(longest);
  });

  it('are told by a get of all that have one key', { timeout: 60_000 }, async () => {
    const { seen, output } = counted({ json: true });
    await get(
      manyRecords(),
      { key: record.key, pattern: undefined },
      { wanted, scheme: undefined, all: true, newline: true },
      output,
    );
    expect(seen.lines).toBe(1);
    expect(seen.characters).toBeGreaterThan(longest);
  });
});
