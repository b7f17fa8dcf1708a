import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { recordSize } from '../../../src/pools/record.ts';
import { needs } from '../../support/needs.ts';
import { cloudInitCode, cloudInitPath } from '../../unit/pools/support/cloud-init.ts';
import { Neighbour, type Role } from '../../unit/pools/support/neighbour.ts';
import { contentsOf, makePlace, record, TextPool, textsOf } from '../../unit/pools/support/open-pool.ts';

/** `npm run suite -- neighbours` asks for more. */
const seconds = Number(process.env['HYPERV_KVP_SECONDS'] ?? 3);
const msASecond = 1000;
/** Longer runs make longer files. */
const pauseMs = seconds > 10 ? 15 : 4;
const startMs = 30_000;
const kept = 20;

const fetchMs = 120_000;

it.each([
  { kinds: 'appenders with either lock', roles: ['fcntl', 'flock', 'reader'] as const, needed: [] },
  {
    kinds: 'cloud-init’s own handler and one more appender',
    roles: ['cloud-init', 'fcntl', 'reader'] as const,
    needed: [cloudInitCode],
  },
])(
  'no record is lost among $kinds, and a reader never sees a short file',
  async ({ roles, needed }) => {
    needs(...needed);
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat(Array.from({ length: kept }, (_, index) => record(`keep${index}`, 'x'))));
    const pool = new TextPool(place.openGuest({ lockTimeoutMs: 10_000 }));
    const neighbours = await Promise.all(
      roles.map((role) => Neighbour.start(role, place.path, { pauseMs, pythonPath: cloudInitPath })),
    );

    const ours = new Map<string, string>();
    const end = performance.now() + seconds * msASecond;
    for (let round = 0; performance.now() < end; round += 1) {
      const key = `ours${round % 50}`;
      if (round % 7 === 3) {
        expect(await pool.delete(key)).toBe(ours.delete(key));
      } else {
        await pool.set(key, `${round}`);
        ours.set(key, `${round}`);
      }
      expect(await pool.get(key)).toBe(ours.get(key));
      // Lets the neighbours have the locks too.
      await pause(1);
    }
    const seen = new Map<Role, unknown>();
    for (const [index, role] of roles.entries()) seen.set(role, await neighbours[index]?.end());

    const contents = contentsOf(place.path);
    const keys = contents.map((text) => text.slice(0, text.indexOf('=')));
    for (const role of ['fcntl', 'flock'] as const) {
      if (!seen.has(role)) continue;
      const appended = Array.from({ length: Number(seen.get(role)) }, (_, index) => `${role}${index}`);
      expect(appended.length).toBeGreaterThan(0);
      expect(keys.filter((key) => key.startsWith(role))).toEqual(appended);
    }
    if (seen.has('cloud-init')) {
      const events = keys.filter((key) => key.startsWith('CLOUD_INIT|')).map((key) => key.split('|')[3]);
      expect(events).toEqual(Array.from({ length: Number(seen.get('cloud-init')) }, (_, index) => `event${index}`));
    }
    expect(
      new Map(contents.filter((text) => text.startsWith('ours')).map((text) => text.split('=') as [string, string])),
    ).toEqual(ours);
    const reader = seen.get('reader');
    expect(reader).toMatchObject({ lost: 0 });
    expect((reader as { shortest: number }).shortest).toBeGreaterThanOrEqual(kept * recordSize);
  },
  seconds * msASecond + startMs + fetchMs,
);

it(
  'a neighbour that truncates without a lock never makes an answered SET vanish, nor leaves garbage',
  async () => {
    const place = makePlace();
    writeFileSync(place.path, '');
    const pool = new TextPool(place.openGuest());
    const truncater = await Neighbour.start('truncater', place.path, { pauseMs: 1 });
    const missing: { readonly from: bigint; readonly to: bigint }[] = [];
    const end = performance.now() + (seconds * msASecond) / 2;
    let written = 0;
    for (; performance.now() < end; written += 1) {
      const from = process.hrtime.bigint();
      // First behind the others, then in place.
      await pool.set(`n${written}`, 'first');
      await pool.set(`n${written}`, 'second');
      const reading = process.hrtime.bigint();
      // Whoever reads without a lock is cut off between two pages when the file is truncated meanwhile: at 8192 bytes, among
      // others, between a record's key and its value.
      const bytes = readFileSync(place.path);
      const texts = textsOf(bytes.subarray(0, bytes.length - (bytes.length % recordSize)));
      const to = process.hrtime.bigint();
      const last = texts.length === 0 ? written : Number.parseInt(texts.at(-1)?.slice(1) ?? '', 10);
      if (texts.length === 0) missing.push({ from, to });
      // Cut off while it was being read, of which the first part is found.
      else if (last !== written) missing.push({ from: reading, to });
      expect(texts).toEqual(texts.map((_, index) => `n${last - texts.length + 1 + index}=second`));
    }
    const times = (await truncater.end()) as [number, number][];
    expect(times.length).toBeGreaterThan(0);
    for (const { from, to } of missing) {
      const cause = times.find(([start, finish]) => BigInt(start) <= to && BigInt(finish) >= from);
      expect(cause, 'a truncation at the time at which the record went').toBeDefined();
    }
    await pool.set('last', 'one');
    expect(contentsOf(place.path).at(-1)).toBe('last=one');
    expect(readFileSync(place.path).length % recordSize).toBe(0);
  },
  seconds * msASecond + startMs,
);
