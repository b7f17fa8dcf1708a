import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SimulatedGuest } from '../../../src/hvkvp/simulate/guest.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { openPools } from '../../../src/pools/pools.ts';
import { daemonProgram } from '../../support/daemon-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** More by the suite `host`. */
const exchanges = Number(process.env['HYPERV_KVP_EXCHANGES'] ?? '300');
const patience = 600_000;
const recordsARound = 25;

/** First and last character of scripts of one, two, three and four bytes each, without surrogates and NUL. */
const scripts = [
  [0x20, 0x7e],
  [0xa0, 0x7ff],
  [0x800, 0xd7ff],
  [0xe000, 0xffff],
  [0x1_0000, 0x10_ffff],
  [1, 0xd7ff],
] as const;

/** A text of just so many UTF-16 units, or one less where its last character takes two; the multiplier scatters its characters. */
function textOf({ units, script: [first, last], seed }: Made): string {
  let text = '';
  for (let state = seed; text.length < units; state = Math.imul(state, 1_103_515_245) + 12_345) {
    const character = String.fromCodePoint(first + ((state >>> 1) % (last - first + 1)));
    if (text.length + character.length > units) break;
    text += character;
  }
  return text;
}

interface Made {
  readonly units: number;
  readonly script: readonly [first: number, last: number];
  readonly seed: number;
}

const made = (longest: number) =>
  fc
    .record({
      // The longest ones as often as any other: there it is where sizes go wrong.
      units: fc.oneof(fc.integer({ min: 1, max: longest }), fc.integer({ min: longest - 3, max: longest })),
      script: fc.constantFrom(...scripts),
      seed: fc.integer(),
    })
    .map(textOf)
    .filter((text) => text !== '');

/** What a host can send: fields of 256 and 1,024 units with their NUL. */
const fromHost = fc.record({ key: made(255), value: made(1023), pool: fc.constantFrom(0, 3) });
/** What a record can hold: 512 and 2,048 bytes. A text that is longer is cut anywhere, as neighbours cut. */
const fromGuest = fc.record({ key: made(512), value: made(2048) });

describe.each(['linux', 'freebsd'] as const)('a host as strict as openvmm’s, over the driver of %s', (system) => {
  it(`finds no fault in ${exchanges} exchanges of texts of every length and script`, {
    timeout: patience,
  }, async () => {
    // In memory where there is such a place: a disk would take most of the time.
    const poolDirectory = temporaryFolder(existsSync('/dev/shm') ? '/dev/shm' : undefined);
    const guest = new SimulatedGuest({ system, daemon: daemonProgram, poolDirectory, log: () => undefined });
    const pools = openPools({
      ...{ directory: guest.poolDirectory, stateDirectory: join(guest.poolDirectory, '.hyperv-kvp'), fileMode: 0o644 },
      ...{ durability: 'memory', lockTimeoutMs: patience, warn: () => undefined },
    });
    onTestFinished(async () => {
      pools.close();
      await guest.stop();
    });
    await guest.start();
    const ours = pools.at(PoolNumber.guest);
    const { host } = guest.simulator;
    for (let count = 0; count < exchanges; ) {
      for (const { key, value } of fc.sample(fromGuest, recordsARound)) {
        await ours.set(Buffer.from(key).subarray(0, 512), Buffer.from(value).subarray(0, 2048));
      }
      for (const { pool, key, value } of fc.sample(fromHost, recordsARound)) {
        // The driver may find that a text does not fit; that is an answer, too.
        await host.set(pool, key, value);
        await host.get(pool, key);
        count += 2;
      }
      for (const pool of [0, 1, 2, 3]) {
        const { status, records } = await host.enumerate(pool);
        expect(status).toBe(Status.noMoreItems);
        count += records.length + 1;
        if (pool === 0 || pool === 3) for (const { key } of records) await host.delete(pool, key);
      }
      await ours.clear();
      await host.negotiate();
    }
    expect(guest.simulator.violations).toEqual([]);
  });
});
