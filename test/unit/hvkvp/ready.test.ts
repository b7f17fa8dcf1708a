import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ready } from '../../../src/hvkvp/pools/ready.ts';
import { fakeMachine, type FakeMachine } from '../platform/fake-machine.ts';
import { contentsOf, makePlace, record, textsOf } from '../pools/support/open-pool.ts';

const output = { isTerminal: false, hasColours: false, width: 80, json: false, write: () => undefined };
const systemd = { links: { '/usr/bin/systemctl': '/bin/sh' } };
const both = { links: { ...systemd.links, '/usr/bin/cloud-init': '/bin/sh' } };
const isRunning = 'systemctl is-system-running --wait';
const degraded = { status: 1, output: 'degraded\n', errors: '' };

describe('hvkvp ready', () => {
  it.each<[string, FakeMachine, string]>([
    [
      'the start and cloud-init',
      { ...both, commands: { [isRunning]: 'running\n', 'cloud-init status --wait': '.....\nstatus: done\n' } },
      'boot=running cloud-init=done',
    ],
    ['a start without cloud-init', { ...systemd, commands: { [isRunning]: degraded } }, 'boot=degraded'],
    ['no systemd', {}, 'boot=unknown'],
  ])('tells how they ended: %s', async (_, machine, value) => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat([record('GuestReady', 'old'), record('other', '1')]));
    await ready(place.open(), Buffer.from('GuestReady'), fakeMachine(machine), output);
    expect(contentsOf(place.path)).toEqual(['other=1', `GuestReady=${value}`]);
  });

  it('removes what the last start has told before it waits', async () => {
    const place = makePlace();
    writeFileSync(place.path, record('GuestReady', 'old'));
    const seen: (readonly string[])[] = [];
    const machine = fakeMachine(systemd);
    const run: typeof machine.run = () => {
      seen.push(textsOf(readFileSync(place.path)));
      return Promise.resolve({ status: 0, output: 'running\n', errors: '' });
    };
    await ready(place.open(), Buffer.from('GuestReady'), { ...machine, run }, output);
    expect(seen).toEqual([[]]);
  });
});
