import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs } from '../../support/needs.ts';
import { asked } from './support/asked.ts';
import { type Course, fuzz } from './support/fuzz.ts';
import { harmless } from './support/replay.ts';

/** Each writes two lines, of all that is in it. */
const share = 20;
const { seed } = asked;
const messages = Math.ceil(asked.messages / share);

describe.each(asked.systems)(`${messages} messages to a guest of %s that logs all, seed ${seed},`, (system) => {
  let course: Course;

  beforeEach(() => {
    needs(namespaces);
  });

  beforeAll(async () => {
    if (!namespaces.isMet()) return;
    const options = { ...harmless, words: ['--debug'] };
    course = await fuzz({ system, seed, messages, ipOneIn: share, options });
  }, Infinity);

  afterAll(async () => {
    if (namespaces.isMet()) await course.daemon.end();
  });

  it('get the same replies', () => {
    expect(course.finding).toBe('');
  });

  it('cannot forge a line of the log, nor have an exception in it', () => {
    expect(course.daemon.strayLines()).toEqual([]);
  });

  it('leave no character in the log that drives a terminal', () => {
    expect(/[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/.exec(course.daemon.log())).toBeNull();
  });
});
