import { expect, it } from 'vitest';
import type { LinkState } from '../../../../src/device/native.ts';
import { readLinks } from '../../../../src/platform/linux/links.ts';
import { fakeMachine } from '../fake-machine.ts';

function told(name: string, kind = '', master = ''): LinkState {
  return { name, kind, master, permanentMac: '', isUp: true, hasCarrier: true };
}

/** A VLAN on a bond of a synthetic adapter, whose virtual function shares its MAC address. */
const vlanOnBond = () =>
  fakeMachine({
    files: {
      '/sys/class/net/eth0/device/device_id': '{f8b3781b-1e82-4818-a1c3-63d806ec15bb}\n',
      '/sys/class/net/eth0/lower_enP1s1/x': '',
      '/sys/class/net/enP1s1/device/vendor': '0x15b3\n',
      '/sys/class/net/bond0/lower_eth0/x': '',
      '/sys/class/net/bond0.5/lower_bond0/x': '',
    },
  });
const states = [
  ...[told('eth0', '', 'bond0'), told('enP1s1', '', 'eth0'), told('bond0', 'bond')],
  ...[told('bond0.5', 'vlan'), told('veth7', 'veth'), told('tun0', 'tun')],
];

it('an interface is read with all below and above it, its kind and master as the kernel tells them', () => {
  expect(readLinks(vlanOnBond(), states, ['bond0.5'])).toEqual([
    { name: 'bond0.5', kind: 'vlan', isSynthetic: false, hasDevice: false, master: undefined, below: ['bond0'] },
    { name: 'bond0', kind: 'bond', isSynthetic: false, hasDevice: false, master: undefined, below: ['eth0'] },
    { name: 'eth0', kind: '', isSynthetic: true, hasDevice: true, master: 'bond0', below: ['enP1s1'] },
    { name: 'enP1s1', kind: '', isSynthetic: false, hasDevice: true, master: 'eth0', below: [] },
  ]);
});

it('one end of a veth pair is no tunnel by its kind: a container has no other way out', () => {
  expect(readLinks(vlanOnBond(), states, ['veth7', 'tun0']).map(({ kind }) => kind)).toEqual(['', 'tun']);
});

it('an interface that the kernel does not tell of has its name alone', () => {
  expect(readLinks(vlanOnBond(), states, ['gone'])).toEqual([
    { name: 'gone', kind: '', isSynthetic: false, hasDevice: false, master: undefined, below: [] },
  ]);
});
