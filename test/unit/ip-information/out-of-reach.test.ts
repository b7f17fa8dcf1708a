import { expect, it } from 'vitest';
import { hiddenConfiguration, unwritable } from '../../../src/ip-information/out-of-reach.ts';
import type { BackEndName } from '../../../src/ip-information/plan.ts';
import { fakeMachine } from '../platform/fake-machine.ts';

const main = '/etc/network/interfaces';
const planned = { path: main, text: 'auto lo\n', mode: 0o644 };

it.each<[BackEndName, string, string, string]>([
  ['ifupdown', main, '/home/ops/net/interfaces', '/home/ops/net/interfaces'],
  ['ifupdown', '/etc/network', '../root/network', '/root/network'],
  ['ifupdown', '/etc/network/interfaces.d/eth0', '/tmp/eth0', '/tmp/eth0'],
  ['netplan', '/etc/netplan/50.yaml', '../../home/ops/50.yaml', '/home/ops/50.yaml'],
  ['networkd', '/etc/systemd/network/50-eth0.network', '/run/user/1000/eth0', '/run/user/1000/eth0'],
])('configuration of %s at %s is missed where it leads to %s, which the units hide', (backEnd, path, target, place) => {
  const machine = fakeMachine({ links: { [path]: target } });
  expect(hiddenConfiguration(backEnd, machine)).toBe(`${path} leads to ${place}, which is hidden from this service`);
});

it('a link that leads nowhere else is no reason', () => {
  const machine = fakeMachine({ links: { '/etc/systemd/network/50.network': '/srv/gone', [main]: '/home/gone' } });
  expect(hiddenConfiguration('networkd', machine)).toBeUndefined();
});

it('a file that can be written is no obstacle, nor one that is not there yet, in a folder that is not', () => {
  expect(unwritable(fakeMachine({ files: { [main]: '' } }), planned)).toBeUndefined();
  expect(unwritable(fakeMachine({}), planned)).toBeUndefined();
});

it('a link that leads nowhere is not replaced by a file', () => {
  const machine = fakeMachine({ links: { [main]: '/nowhere/interfaces' } });
  expect(unwritable(machine, planned)).toBe(`${main}, a link to /nowhere/interfaces, cannot be written: ENOENT`);
  expect(unwritable(machine, { ...planned, text: null })).toBeUndefined();
});

it('neither is what is no file, such as the device by which a file of the same name is hidden', () => {
  expect(unwritable(fakeMachine({ links: { [main]: '.' } }), planned)).toBe(`${main} is not a regular file`);
});
