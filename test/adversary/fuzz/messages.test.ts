import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { poolName, poolNumbers } from '../../../src/message/pool.ts';
import { recordJson } from '../../../src/hvkvp/pools/record-json.ts';
import { hvkvpProgram } from '../../support/hvkvp.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { asked } from './support/asked.ts';
import { type Course, fuzz } from './support/fuzz.ts';
import { filePools } from './support/pool-model.ts';

const { messages, seed } = asked;
/** More than the compiler's and collector's moods, less than a tenth of a percent of the messages would take. */
const growthMb = 24;
const fewDescriptors = 3;

describe.each(asked.systems)(`${messages} messages to a guest of %s, seed ${seed},`, (system) => {
  let course: Course;

  beforeEach(() => {
    needs(namespaces);
  });

  beforeAll(async () => {
    if (!namespaces.isMet()) return;
    course = await fuzz({ system, seed, messages });
    console.log(`${system}: seed ${seed}, ${Math.round(course.messagesASecond)} messages a second`);
  }, Infinity);

  afterAll(async () => {
    if (namespaces.isMet()) await course.daemon.end();
  });

  it('get one reply each, byte by byte what the protocol says', () => {
    expect(course.finding).toBe('');
  });

  it('get no reply that nobody has asked for', () => {
    expect(course.daemon.isReadable()).toBe(false);
  });

  it('end neither the daemon nor a line of its log, and no exception escapes', () => {
    expect(course.daemon.hasEnded()).toBe(false);
    expect(course.daemon.strayLines()).toEqual([]);
  });

  it('leave its memory as it was', () => {
    const [first = NaN] = course.rssMb;
    expect(Math.max(...course.rssMb) - first).toBeLessThan(growthMb);
  });

  it('leave its descriptors as they were', () => {
    const [first = NaN] = course.descriptors;
    expect(Math.max(...course.descriptors) - first).toBeLessThanOrEqual(fewDescriptors);
  });

  it('leave in the pool files what the replies promised, and whole records only', () => {
    const { daemon, model } = course;
    for (const pool of filePools) expect(daemon.file(pool).equals(model.file(pool)), `pool ${pool}`).toBe(true);
    expect(daemon.file(2).length).toBe(0);
  });

  it('leave pools that hvkvp shows as they are', () => {
    const { daemon, model } = course;
    const words = [hvkvpProgram, 'list', '--json', '--pool-dir', daemon.pools];
    const listed = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as { pool: string }[];
    for (const pool of poolNumbers) {
      const records = pool === 2 ? [] : model.records(pool);
      const expected = records.map(({ key, value }) =>
        recordJson(pool, { key: Buffer.from(key, 'latin1'), value: Buffer.from(value, 'latin1') }),
      );
      expect(listed.filter((record) => record.pool === poolName(pool))).toEqual(expected);
    }
  });

  it('leave the addresses of the guest as they were', () => {
    const words = ['--net', '--target', String(course.daemon.pid), 'ip', '-json', 'address', 'show', 'scope', 'global'];
    const shown = JSON.parse(execFileSync('nsenter', words, { encoding: 'utf8' })) as {
      addr_info: { local: string }[];
    }[];
    expect(shown.flatMap(({ addr_info }) => addr_info.map(({ local }) => local))).toEqual([
      course.daemon.guest.address,
    ]);
  });
});
