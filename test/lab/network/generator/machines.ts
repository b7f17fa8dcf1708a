import type { SetStep } from '../scenario/read.ts';
import { Chance } from './chance.ts';
import { ifupdownMachine } from './ifupdown.ts';
import { netplanMachine } from './netplan.ts';
import { networkManagerMachine } from './network-manager.ts';
import { networkdMachine } from './networkd.ts';
import { someRequest } from './requests.ts';

/** How a made-up machine's network is configured, in the keys of a scenario. */
export interface Machine {
  readonly manager: string;
  readonly remove: readonly string[];
  readonly files: Readonly<Record<string, string | { readonly text: string; readonly mode: string }>>;
}

const makers: Readonly<Record<string, (chance: Chance) => Machine>> = {
  ifupdown: ifupdownMachine,
  networkd: networkdMachine,
  netplan: netplanMachine,
  'network-manager': networkManagerMachine,
};

/** Names of the managers that machines are made up for. */
export const madeUpManagers = Object.keys(makers);

export function machineOf(manager: string, chance: Chance): Machine {
  const make = makers[manager];
  if (make === undefined) throw new Error(`no machines are made up for ${manager}`);
  return make(chance);
}

/** All but addresses, gateways, name servers and what the kernel makes of an address: it must be the same before and after. */
const rest = [
  'cat /sys/class/net/eth0/mtu',
  'ip rule',
  'ip route show table 100',
  'ip route show 10.77.0.0/16 | sed "s/ proto [a-z]*//; s/ src [^ ]*//"',
  'ip -6 route show 2001:db8:77::/48 | sed "s/ proto [a-z]*//"',
  'ls /run/firewall-loaded /run/continued /run/second 2>&1',
].join('; ');
const addressesOf = (family: '4' | '6'): string =>
  `ip -${family} -o address show dev eth0 scope global -dynamic -mngtmpaddr | sed 's/ *\\\\.*//; s/ tentative//' | sort; true`;

/** A scenario's text: a machine that the seed makes up, two requests, each made twice, and a start between. */
export function madeUpScenario(manager: string, seed: number): string {
  const chance = new Chance(seed);
  const machine = machineOf(manager, chance);
  const requests = [someRequest(chance), someRequest(chance)] as const;
  const scenario = {
    title: `what is no address stays, and the second request of a kind changes nothing (${manager}, seed ${seed})`,
    ...machine,
    steps: [
      // Until the manager is done.
      { run: 'sleep 2; ip -o link show dev eth0', shows: ['state UP'] },
      { remember: 'rest', of: rest },
      ...stepsOf(requests[0], 1),
      ...stepsOf(requests[1], 2),
      { reboot: true },
      ...seen(requests[1]),
      { same: 'rest' },
    ],
  };
  return `${JSON.stringify(scenario, undefined, 2)}\n`;
}

function stepsOf(set: SetStep, turn: number): readonly object[] {
  const other = set.family === 'ipv4' ? '6' : '4';
  const isAboutOne = set.family !== 'both';
  const name = `other family before request ${turn}`;
  return [
    ...(isAboutOne ? [{ remember: name, of: addressesOf(other) }] : []),
    { set, status: 'ok' },
    ...seen(set),
    ...(isAboutOne ? [{ same: name }] : []),
    { same: 'rest' },
    { set, status: 'ok', log: ['unchanged'] },
  ];
}

/** What the adapter must have after a request. */
function seen({ family, dhcp = false, addresses = '', gateways = '', dns = '' }: SetStep): readonly object[] {
  const list = addresses.split(';').filter((address) => address !== '');
  const shown = list.map((address) => `inet6? ${address.replaceAll('.', String.raw`\.`)}/`);
  const isStatic = list.some((address) => address.includes('.'));
  const routes = gateways.split(';').filter((address) => address !== '');
  return [
    {
      run: 'ip -o address show dev eth0 scope global',
      shows: [...shown, ...(dhcp ? [String.raw`inet 198\.51\.100\.1\d\d/24`] : [])],
      lacks: isStatic || (family === 'ipv4' && !dhcp) ? [String.raw`inet 198\.51\.100\.`] : [],
    },
    ...routes.map((gateway) => ({
      run: `ip -${gateway.includes(':') ? 6 : 4} route show default`,
      shows: [`via ${gateway.replaceAll('.', String.raw`\.`)} `],
    })),
    ...(dns === ''
      ? []
      : [
          {
            run: 'cat /etc/resolv.conf',
            shows: dns.split(';').map((one) => `^nameserver ${one.replaceAll('.', String.raw`\.`)}$`),
          },
        ]),
  ];
}
