import { fstatSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { contentsOf, makePlace, type Place, records, type TextPool, textsOf } from './support/open-pool.ts';
import { allPicks, failedDisk, type FailedDisk, filesAfter, somePicks } from './support/power-cut.ts';
import { seededRandom } from './support/random.ts';
import { RecordingDisk } from './support/recording-disk.ts';
import {
  bootAfter,
  bootBefore,
  Recoverer,
  recordSession,
  replayed,
  restore,
  type SessionRecord,
} from './support/session-record.ts';

const mostExhaustiveSectors = 12;
const samples = 150;
const memory = '/dev/shm';
/** Seconds of a processor's work each, of which a busy machine may give a tenth: this only ends one that hangs. */
const timeoutMs = 120_000;

type Call = (pool: TextPool) => Promise<unknown>;

const sessions: Readonly<Record<string, { readonly records: number; readonly calls: readonly Call[] }>> = {
  'SETs over a record': {
    records: 3,
    calls: [(pool) => pool.set('key1', 'new'), (pool) => pool.set('key1', 'newer'), (pool) => pool.set('key2', '')],
  },
  'a SET that fills its fields': {
    records: 2,
    calls: [(pool) => pool.set('key0', 'v'.repeat(2048)), (pool) => pool.set('key0', 'short')],
  },
  'SETs of new records': {
    records: 2,
    calls: [
      (pool) => pool.set('one', '1'),
      (pool) => pool.set('two', '2'),
      (pool) => pool.set('k'.repeat(512), 'v'.repeat(2048)),
    ],
  },
  'DELETEs of the last record': { records: 3, calls: [(pool) => pool.delete('key2'), (pool) => pool.delete('key1')] },
  'DELETEs in the middle': { records: 4, calls: [(pool) => pool.delete('key1'), (pool) => pool.delete('key0')] },
  'a DELETE of many steps': { records: 150, calls: [(pool) => pool.delete('key1')] },
  'a clear and what comes after it': {
    records: 3,
    calls: [
      (pool) => pool.set('key1', 'new'),
      (pool) => pool.clear(),
      (pool) => pool.append('key1', '1'),
      (pool) => pool.append('key1', '2'),
      (pool) => pool.clear(),
    ],
  },
  'one thing after the other': {
    records: 3,
    calls: [
      (pool) => pool.delete('key2'),
      (pool) => pool.set('key2', 'value2'),
      (pool) => pool.set('key0', 'a'),
      (pool) => pool.delete('key2'),
      (pool) => pool.set('other', 'b'),
      (pool) => pool.delete('key0'),
    ],
  },
};

describe('after a power failure at any moment every answered change is there, and no other is half there', {
  timeout: timeoutMs,
}, () => {
  let place: Place;
  beforeEach(() => {
    place = makePlace(memory);
  });

  for (const [name, { records: count, calls }] of Object.entries(sessions)) {
    it(`during ${name}`, async () => {
      writeFileSync(place.path, records(count));
      const session = await recordSession(place, 'disk', calls);
      const random = seededRandom(count);
      const check = checker(place, session);
      for (const { operations, allowed } of session.crashPoints) {
        const disk = failedDisk(session.before, operations, random);
        for (const picks of picksOf(disk, random)) check(filesAfter(disk, picks), allowed);
      }
    });
  }

  it('even if our process had been killed before it, and had recovered', async () => {
    writeFileSync(place.path, records(4));
    const session = await recordSession(place, 'disk', [
      (pool) => pool.set('key1', 'v'.repeat(2048)),
      (pool) => pool.set('new', 'v'.repeat(2048)),
      (pool) => pool.delete('key0'),
    ]);
    const random = seededRandom(3);
    const check = checker(place, session);
    for (const { operations, allowed } of session.crashPoints) {
      restore(replayed(session.before, operations));
      const recording = new RecordingDisk((fd) => fstatSync(fd).size);
      const recoverer = new Recoverer({ boot: bootBefore, durability: 'disk', place, disk: recording });
      recoverer.recover();
      recoverer.close();
      const disk = failedDisk(session.before, [...operations, ...recording.operations], random);
      for (let sample = 0; sample < samples; sample += 1) {
        check(filesAfter(disk, somePicks(disk.choices, random)), allowed);
      }
    }
  });

  it('even if the power fails once more during the recovery', async () => {
    writeFileSync(place.path, records(70));
    const session = await recordSession(place, 'disk', [(pool) => pool.delete('key3'), (pool) => pool.set('new', '1')]);
    const random = seededRandom(2);
    const check = checker(place, session, 'boot-3');
    for (const { operations, allowed } of session.crashPoints) {
      const first = failedDisk(session.before, operations, random);
      for (let sample = 0; sample < 6; sample += 1) {
        const found = filesAfter(first, somePicks(first.choices, random));
        restore(found);
        const recording = new RecordingDisk((fd) => fstatSync(fd).size);
        const recoverer = new Recoverer({ boot: bootAfter, durability: 'disk', place, disk: recording });
        recoverer.recover();
        recoverer.close();
        for (let end = 1; end <= recording.operations.length; end += 1) {
          const second = failedDisk(found, recording.operations.slice(0, end), random);
          for (let again = 0; again < 4; again += 1) {
            check(filesAfter(second, somePicks(second.choices, random)), allowed);
          }
        }
      }
    }
  });
});

/** All ways if they are few enough, and otherwise some. */
function* picksOf(disk: FailedDisk, random: () => number): Generator<number[]> {
  if (disk.choices.length <= mostExhaustiveSectors) yield* allPicks(disk.choices);
  else for (let sample = 0; sample < samples; sample += 1) yield somePicks(disk.choices, random);
}

/** Puts a found state onto the files, recovers, and compares. */
function checker(
  place: Place,
  session: SessionRecord,
  boot = bootAfter,
): (found: Map<string, Buffer>, allowed: readonly (readonly string[])[]) => void {
  const recoverer = new Recoverer({ boot, durability: 'disk', place });
  onTestFinished(() => {
    recoverer.close();
  });
  return (found, allowed) => {
    restore(found);
    const before = textsOf(found.get(session.pool) ?? Buffer.alloc(0));
    recoverer.recover();
    const after = contentsOf(place.path);
    if (!allowed.some((each) => each.join('\n') === after.join('\n'))) {
      expect.fail(`found\n${before.join('\n')}\nand made of it\n${after.join('\n')}`);
    }
    if (recoverer.isPending()) expect.fail('a change is still pending after the recovery');
  };
}
