import { describe, expect, it } from 'vitest';
import { readAdapters } from '../../../../src/platform/freebsd/adapters.ts';
import { fakeMachine } from '../fake-machine.ts';
import { ifconfig, sysctlGuids } from './recorded.ts';

const askGuids = 'sysctl dev.hn.0.%pnpinfo dev.hn.1.%pnpinfo dev.hn.10.%pnpinfo';

describe('the adapters of FreeBSD', () => {
  it('are the interfaces with a MAC address, up or down, with the GUIDs of the hn ones', async () => {
    const machine = fakeMachine({ commands: { 'ifconfig -a': ifconfig, [askGuids]: sysctlGuids } });
    expect(await readAdapters(machine)).toEqual([
      { name: 'hn0', mac: '00:15:5d:01:02:0a', guid: 'f8b3781b-1e82-4818-a1c3-63d806ec15bb' },
      { name: 'hn1', mac: '00:15:5d:01:02:0b', guid: 'a1b2c3d4-0000-4000-8000-00155d01020b' },
      { name: 'hn10', mac: '00:15:5d:01:02:14', guid: 'a1b2c3d4-0000-4000-8000-00155d010214' },
      { name: 'mce0', mac: '00:15:5d:01:02:0a', guid: undefined },
    ]);
  });

  it('are without GUID where sysctl(8) does not know them', async () => {
    const failed = { status: 1, output: '', errors: "sysctl: unknown oid 'dev.hn.0.%pnpinfo'\n" };
    const machine = fakeMachine({ commands: { 'ifconfig -a': ifconfig, [askGuids]: failed } });
    expect((await readAdapters(machine)).map(({ guid }) => guid)).toEqual(Array(4).fill(undefined));
  });

  it('are those in use where ifconfig(8) is missing, as in a small jail', async () => {
    const machine = fakeMachine({ interfaces: { lo0: ['127.0.0.1/8'], epair0b: ['10.0.0.4/24', 'fe80::1/64'] } });
    expect(await readAdapters(machine)).toEqual([{ name: 'epair0b', mac: '00:15:5d:01:02:0a', guid: undefined }]);
  });
});
