import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AbsentAdapters } from '../../../src/ip-information/absent-adapters.ts';
import { AddressFamily, type IpValue } from '../../../src/message/ip-value.ts';
import { namespaces, needs } from '../../support/needs.ts';

const program = join(import.meta.dirname, 'programs/absent-adapter.mjs');
const found: IpValue = {
  adapterId: 'eth0',
  addressFamily: AddressFamily.none,
  dhcpEnabled: false,
  addresses: '',
  subnets: '',
  gateways: '',
  dnsServers: '',
};

/** A guest whose adapter and reports a test sets. */
function guest() {
  const state = { value: undefined as IpValue | undefined, reported: false, reads: 0 };
  const absent = new AbsentAdapters({
    changed: () => {
      const { reported } = state;
      state.reported = false;
      return reported;
    },
  });
  const ask = (id: string) =>
    absent.ask(id, () => {
      state.reads += 1;
      return state.value;
    });
  return { state, absent, ask };
}

describe('an adapter that is not in this guest', () => {
  it('is looked for once while nothing changes', () => {
    const { state, ask } = guest();
    for (let request = 0; request < 3; request += 1) expect(ask('eth0')).toBeUndefined();
    expect(state.reads).toBe(1);
    expect(ask('eth1')).toBeUndefined();
    expect(state.reads).toBe(2);
  });

  it('is looked for anew after a report', () => {
    const { state, ask } = guest();
    expect(ask('eth0')).toBeUndefined();
    state.value = found;
    state.reported = true;
    expect(ask('eth0')).toBe(found);
  });

  it('is looked for anew if something changed while it was looked for', async () => {
    const { state, absent } = guest();
    const read = async (): Promise<undefined> => {
      await Promise.resolve();
      state.reported = true;
    };
    expect(await absent.ask('eth0', read)).toBeUndefined();
    expect(absent.ask('eth0', () => found)).toBe(found);
  });

  it('is looked for each time if hosts ask for more of them than are kept', async () => {
    const { state, ask } = guest();
    for (let number = 0; number < 101; number += 1) await ask(`eth${number}`);
    await ask('eth99');
    expect(state.reads).toBe(101);
    await ask('eth100');
    expect(state.reads).toBe(102);
  });

  it('is found by the very next request once the real kernel has it', () => {
    needs(namespaces);
    const id = '00:15:5D:00:00:07';
    const mac = id.toLowerCase();
    const steps = [
      [`mount -t sysfs none /sys`, false],
      [`ip link add eth0 address 00:15:5d:00:00:01 type veth peer name far0`, false],
      [`ip link set eth0 address ${mac}`, true],
      [`ip link set eth0 address 00:15:5d:00:00:01`, false],
      [`ip link add eth7 address ${mac} type veth peer name far7`, true],
      [`ip link del eth7`, false],
    ] as const;
    const commands = steps.map(([command]) => command);
    const output = execFileSync('unshare', ['--net', '--mount', process.execPath, program, id, ...commands], {
      encoding: 'utf8',
    });
    const answers = output.trim().split('\n');
    // The second time nothing is looked for where it is still absent.
    expect(answers).toEqual(steps.map(([, isThere]) => (isThere ? 'there, read' : 'absent, kept')));
  });
});
