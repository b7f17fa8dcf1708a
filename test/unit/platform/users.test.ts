import { describe, expect, it } from 'vitest';
import { findUser } from '../../../src/platform/users.ts';

describe('a user', () => {
  it('is known by its name, as the system knows it', () => {
    expect(findUser('root')).toEqual({ uid: 0, gid: 0 });
    expect(findUser('no-such-user')).toBeUndefined();
  });

  it('is known by two numbers, whether the system has it or not', () => {
    expect(findUser('61234:61235')).toEqual({ uid: 61_234, gid: 61_235 });
    expect(findUser('61234')).toBeUndefined();
  });
});
