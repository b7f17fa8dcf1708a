import type { SetStep } from '../scenario/read.ts';
import { Chance } from './chance.ts';
import { ifupdownMachine } from './ifupdown.ts';
import { netplanMachine } from './netplan.ts';
import { networkManagerMachine } from './network-manager.ts';
import { networkdMachine } from './networkd.ts';
import { someRequest } from './requests.ts';

/** How a made-up machine's network is configured: the keys of a scenario, and `owner`. */
export interface Machine {
  readonly manager: string;
  readonly packages?: readonly string[];
  /** The interface that has the addresses, if not eth0: the bridge whose port that is. */
  readonly owner?: string;
  readonly remove: readonly string[];
  readonly links?: string;
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

/** An address that another program puts on the adapter: no manager knows it, and each may take it away. */
const virtual = '192.0.2.200';

/** Of links their MTU and master; without what the kernel adds to routes and addresses, or changes by itself. */
const withoutTrifles = [
  String.raw`s/^[0-9]*: \([^@:]*\)[^:]*: <.* \(mtu [0-9]*\) qdisc [^ ]*\( master [^ ]*\)*.*/\1 \2\3/`,
  `/${virtual.replaceAll('.', String.raw`\.`)}/d`,
  String.raw`s/^[0-9]*: //; s/ *\\.*//; s/ proto [a-z]*//; s/ src [^ ]*//; s/ tentative//; s/ secondary//`,
].join('; ');

const folders = '/etc/network/interfaces* /etc/netplan /etc/systemd/network /etc/NetworkManager/system-connections';

const packaged = '/usr/lib/systemd/network /usr/lib/NetworkManager /run/NetworkManager/system-connections';

/** All but addresses, gateways, name servers and what the kernel makes of an address: it must be the same before and after. */
const restOf = (owner: string): string =>
  [
    "[ ! -e /sys/class/net/eth1 ] || more='address show dev eth1 scope global -dynamic -mngtmpaddr'",
    `{ ip -6 -o route show 2001:db8:77::/48; ip -o -force -batch -; } 2>&1 << end | sed '${withoutTrifles}' | sort`,
    'rule',
    'route show table 100',
    'route show 10.77.0.0/16',
    '$more',
    // Last: from then on it knows no other family than that of links.
    ...['eth0', owner].map((name) => `link show dev ${name}`),
    'end',
    // What people have written for one another, also once a copy stands for the file of a package; not programs.
    `grep -rhaE '^[[:space:]]*[#;]' ${folders} ${packaged} 2>/dev/null | grep -v -e hyperv-kvp -e "#Netplan:" | sort -u`,
    'for file in /run/firewall-loaded /run/continued /run/second /run/alias; do [ ! -e $file ] || echo $file; done',
  ].join('\n');

/** Addresses of families, without what changes by itself. */
function staticOf(owner: string, families: string): string {
  return Array.from(families)
    .map(
      (family) =>
        `ip -${family} -o address show dev ${owner} scope global -dynamic -mngtmpaddr | sed '${withoutTrifles}' | sort`,
    )
    .join('; ');
}

/** What must be to the byte as it was after a change that failed. */
const everythingOf = (owner: string): string =>
  [
    `find ${folders} -type f -printf '%p %m %u ' -exec sha256sum {} ';' 2>&1 | sort`,
    'cat /etc/resolv.conf',
    staticOf(owner, '46'),
    ...['4', '6'].map((family) => `ip -${family} route show default dev ${owner} proto static | sed 's/ pref .*//'`),
  ].join('; ');

/** The router has it: a machine that sets it finds out, and undoes the change. */
const taken: SetStep = { family: 'ipv6', addresses: '2001:db8::1', subnets: '/64' };

/** A scenario's text: a machine that the seed makes up, two requests, each made twice, one that cannot be met, and a start between. */
export function madeUpScenario(manager: string, seed: number): string {
  const chance = new Chance(seed);
  const { owner = 'eth0', ...machine } = machineOf(manager, chance);
  const requests = [someRequest(chance), someRequest(chance)] as const;
  const fails = chance.below(4) === 0;
  const hasVirtual = chance.below(4) === 0;
  const scenario = {
    title: `what is no address stays, and the second request of a kind changes nothing (${manager}, seed ${seed})`,
    ...machine,
    release: chance.oneOf(['bookworm', 'bookworm', 'trixie']),
    daemon: chance.oneOf(['root', 'root', 'root', 'packaged']),
    advertise: chance.below(4) === 0,
    steps: [
      // Until the manager is done.
      { run: `sleep 3; ip -o link show dev ${owner}`, shows: ['state UP'] },
      ...(hasVirtual ? [{ run: `ip address add ${virtual}/32 dev ${owner}` }] : []),
      { remember: 'rest', of: restOf(owner) },
      ...stepsOf(requests[0], 1, owner),
      ...(fails ? failing(owner) : []),
      ...stepsOf(requests[1], 2, owner),
      { reboot: true },
      ...seen(requests[1], owner),
      { same: 'rest' },
    ],
  };
  return `${JSON.stringify(scenario, undefined, 2)}\n`;
}

function failing(owner: string): readonly object[] {
  return [
    { remember: 'everything', of: everythingOf(owner) },
    { set: taken, status: 'failed' },
    { same: 'everything' },
    { same: 'rest' },
  ];
}

function stepsOf(set: SetStep, turn: number, owner: string): readonly object[] {
  const isAboutOne = set.family !== 'both';
  const name = `other family before request ${turn}`;
  return [
    ...(isAboutOne ? [{ remember: name, of: staticOf(owner, set.family === 'ipv4' ? '6' : '4') }] : []),
    { set, status: 'ok' },
    ...seen(set, owner),
    ...(isAboutOne ? [{ same: name }] : []),
    { same: 'rest' },
    { set, status: 'ok', log: ['unchanged'] },
  ];
}

/** What the adapter must have after a request. */
function seen(
  { family, dhcp = false, addresses = '', gateways = '', dns = '' }: SetStep,
  owner: string,
): readonly object[] {
  const list = addresses.split(';').filter((address) => address !== '');
  const shown = list.map((address) => `inet6? ${address.replaceAll('.', String.raw`\.`)}/`);
  const isStatic = list.some((address) => address.includes('.'));
  const isRemoval = family === 'ipv4' && !dhcp && !isStatic;
  const routes = gateways.split(';').filter((address) => address !== '');
  return [
    {
      run: `ip -o address show dev ${owner} scope global`,
      shows: [...shown, ...(dhcp ? [String.raw`inet 198\.51\.100\.1\d\d/24`] : [])],
      lacks: [...(isStatic ? [String.raw`inet 198\.51\.100\.`] : []), ...(isRemoval ? [`inet (?!${virtual})`] : [])],
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
