import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const addon = join(import.meta.dirname, '../../../build/Release/hv_kvp.node');
const noIds = ['NaN', '-1', '0.5', '2 ** 32 - 1', '2 ** 32', '-(2 ** 32)', 'Infinity', '"0"', 'undefined', '{}'];
const noLists = ['1', '{ length: 1 }', '[,]', ...noIds.map((id) => `[1, ${id}]`)];

/** What comes of each call, in a process of its own, which might be another user's afterwards. */
function outcomes(name: string, given: readonly string[]): unknown {
  const script = `
    const addon = require(${JSON.stringify(addon)});
    const who = () => JSON.stringify([process.getuid(), process.geteuid(), process.getgid(), process.getgroups()]);
    const before = who();
    const outcome = (value) => {
      try {
        addon.${name}(value);
        return 'taken';
      } catch (error) {
        return before === who() ? error.name : 'somebody else';
      }
    };
    console.log(JSON.stringify([${given.map((value) => `outcome(${value})`).join(', ')}]));`;
  return JSON.parse(execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' }));
}

describe('what is no number of a user or a group', () => {
  it.each(['setUid', 'setGid', 'setEffectiveUid'])('is refused by %s, and changes nobody', (name) => {
    expect(outcomes(name, noIds)).toEqual(noIds.map(() => 'TypeError'));
  });

  it('is refused by setGroups, in a list and in its place', () => {
    const given = [...noIds, ...noLists];
    expect(outcomes('setGroups', given)).toEqual(given.map(() => 'TypeError'));
  });
});
