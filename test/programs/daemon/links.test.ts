import { lchownSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { rootlessHost, type Surroundings, surroundings, user } from '../../support/given-up-rights.ts';
import { firstPool } from '../../support/first-pool.ts';
import { hvkvp } from '../../support/hvkvp.ts';

const ok = { status: Status.ok };

/** Pools and journals elsewhere: their places are links, whoever made them. */
function linkedPlaces(owner = 0): Surroundings & { readonly state: string } {
  const given = surroundings();
  const state = join(given.folder, 'state');
  for (const [place, target] of [
    [given.pools, 'elsewhere'],
    [state, 'elsewhere-state'],
  ] as const) {
    mkdirSync(join(given.folder, target), { mode: 0o755 });
    symlinkSync(target, place);
    lchownSync(place, owner, owner);
  }
  return { ...given, state, words: [...given.words, '--state-dir', state] };
}

describe('links in the places of the folders', () => {
  it('are followed if root made them where only root could: pools and journals are the daemon’s, and hvkvp’s', async () => {
    const given = linkedPlaces();
    const { host, daemon } = await rootlessHost(given);
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    const elsewhere = join(given.folder, 'elsewhere');
    expect(lstatSync(firstPool(elsewhere).path).uid).toBe(user.uid);
    expect(lstatSync(given.pools).isSymbolicLink()).toBe(true);
    const places = ['--pool-dir', given.pools, '--state-dir', given.state];
    expect(hvkvp(['set', 'key', 'other', '--pool', '0', ...places])).toMatchObject({ status: 0, stderr: '' });
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'other' });
    expect(daemon.lines.filter((line) => line.includes('warning'))).toEqual([]);
  });

  it('are refused, with the reason, if others than root made them', async () => {
    const given = linkedPlaces(user.uid);
    const { host, daemon } = await rootlessHost(given);
    expect(await host.set(0, 'key', 'value')).toEqual({ status: Status.fail });
    await daemon.logged(`${given.pools} is a link that users other than root made or can replace`);
    expect(() => readFileSync(firstPool(join(given.folder, 'elsewhere')).path)).toThrow('ENOENT');
  });
});
