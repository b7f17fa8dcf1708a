import { describe, expect, it } from 'vitest';
import { ifupdown } from '../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { netplan } from '../../../../src/ip-information/backends/netplan/netplan.ts';
import { networkManager } from '../../../../src/ip-information/backends/network-manager.ts';
import { networkd } from '../../../../src/ip-information/backends/networkd/networkd.ts';
import type { BackEnd } from '../../../../src/ip-information/plan.ts';
import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';
import type { Machine } from '../../../../src/platform/machine.ts';
import { Chance } from '../../../lab/network/generator/chance.ts';
import { machineOf } from '../../../lab/network/generator/machines.ts';
import { someRequest } from '../../../lab/network/generator/requests.ts';
import type { SetStep } from '../../../lab/network/scenario/read.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';
import { networkManagerMachine } from '../support/network-manager-machine.ts';
import { networkdHas } from '../support/plans.ts';
import { proposalOf } from '../support/proposals.ts';

type Files = Readonly<Record<string, string>>;

/** A network manager that has these files in force for eth0. */
interface Stack {
  readonly backEnd: BackEnd;
  readonly machine: (files: Files) => Machine;
}

const stacks: Readonly<Record<string, Stack>> = {
  ifupdown: {
    backEnd: ifupdown,
    machine(files) {
      const logical = /^(?:auto|allow-auto) (?:eth0=)?(eth0|office)\b/m.exec(Object.values(files).join('\n'))?.[1];
      const alias = /^auto .*eth0:1/m.test(Object.values(files).join('\n')) ? 'eth0:1=eth0:1\n' : '';
      return fakeMachine({
        files: { ...files, '/run/network/ifstate': `lo=lo\neth0=${logical ?? 'eth0'}\n${alias}` },
        commands: { 'ifup --version': 'ifup version 0.8.41\n' },
      });
    },
  },
  networkd: {
    backEnd: networkd,
    machine: (files) => fakeMachine({ files: { ...files, ...networkdHas(firstOf(files, /\/([^/]*)\.network$/)[0]) } }),
  },
  netplan: {
    backEnd: netplan,
    machine(files) {
      const text = Object.entries(files).flatMap(([path, own]) => (path.startsWith('/etc/netplan/') ? own : []));
      const ids = Array.from(text.join('\n').matchAll(/^ {4}"?([\w-]+)"?:/gm), ([, id = '']) => id).toSorted();
      const path = `/run/systemd/network/10-netplan-${ids[0] ?? ''}.network`;
      return fakeMachine({ files: { ...files, ...networkdHas(path), [path]: '' } });
    },
  },
  'network-manager': {
    backEnd: networkManager,
    machine: (files) => networkManagerMachine({ [firstOf(files, /(.*)/)[0]]: firstOf(files, /(.*)/)[1] }),
  },
};

/** The file whose name, as the form finds it, sorts first. */
function firstOf(files: Files, form: RegExp): readonly [string, string] {
  const found = Object.entries(files).filter(([path]) => form.test(path) && !path.includes('.d/'));
  const [first = ['', '']] = found.toSorted(([one], [other]) => (nameIn(one, form) < nameIn(other, form) ? -1 : 1));
  return first;
}

function nameIn(path: string, form: RegExp): string {
  return form.exec(path)?.[1] ?? '';
}

/** Lines that are no address, whatever is asked for. */
const others =
  /mtu|Domains|LLDP|NTP|RouteMetric|route-metric|10\.77|2001:db8:77|Table=100|table: 100|priority|zone|retries|client|dad|wake|\bup |down |by hand|site|audit/i;

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

describe.each(Object.entries(stacks))('of any machine of %s', (name, { backEnd, machine }) => {
  it('what is no address stays, a request made twice changes nothing more, and neither do others between', async () => {
    for (const seed of seeds) {
      const chance = new Chance(seed);
      const made = machineOf(name, chance);
      // One adapter is all that the stacks have.
      if (made.manager !== name || made.owner !== undefined || made.links !== undefined) continue;
      const files = Object.fromEntries(
        Object.entries(made.files).map(([path, file]) => [path, typeof file === 'string' ? file : file.text]),
      );
      const [one, two] = [asked(someRequest(chance)), asked(someRequest(chance))];
      const first = await after(files, one);
      const about = `seed ${seed}: ${JSON.stringify([one, first], undefined, 1)}`;
      expect(await after(first, one), about).toEqual(first);
      const second = await after(first, two);
      expect(lost(files, second), about).toEqual([]);
      const back = await after(second, one);
      if (one.addressFamily === two.addressFamily && one.addresses !== '') {
        expect(await after(await after(back, two), one), about).toEqual(back);
      }
    }

    async function after(files: Files, request: Partial<IpValue>): Promise<Files> {
      const plan = await backEnd.plan(proposalOf(request), machine(files));
      if ('impossible' in plan) throw new Error(plan.impossible);
      return { ...files, ...Object.fromEntries(plan.files.map(({ path, text }) => [path, text ?? ''])) };
    }
  });
});

function asked({ family = 'both', dhcp = false, addresses = '', subnets = '', gateways = '', dns = '' }: SetStep) {
  const bits = { none: 0, both: 0, ipv4: AddressFamily.ipv4, ipv6: AddressFamily.ipv6 };
  return { addressFamily: bits[family], dhcpEnabled: dhcp, addresses, subnets, gateways, dnsServers: dns };
}

/** Lines that were there and are nowhere now. */
function lost(former: Files, next: Files): readonly string[] {
  const now = Object.values(next).join('\n').split('\n');
  const before = Object.values(former).flatMap((text) => text.split('\n'));
  return before.filter((line) => others.test(line) && !now.includes(line));
}
