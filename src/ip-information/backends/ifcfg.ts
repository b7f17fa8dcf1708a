import { parseAssignments } from '../../platform/assignments.ts';
import { existsBelow, type Machine, readText } from '../../platform/machine.ts';
import { cidr, ofFamily } from '../family.ts';
import { type BackEnd, type Command, fileModes } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { beyondPlainGateways } from './plain-gateways.ts';

const folder = '/etc/sysconfig/network-scripts';

/** Red Hat's network scripts: the adapter's ifcfg file, in which what does not speak of addresses stays. */
export const ifcfg: BackEnd = {
  name: 'ifcfg',
  manages: (machine, { name }) => hasProgram(machine) && existsBelow(machine, `${folder}/ifcfg-${name}`),
  isReady: hasProgram,
  plan(proposal, machine) {
    const { adapter } = proposal;
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    const path = `${folder}/ifcfg-${adapter.name}`;
    const down: Command = { program: 'ifdown', args: [adapter.name], judgedBy: 'nothing' };
    const up: Command = { program: 'ifup', args: [adapter.name] };
    const text = [...keptLines(readText(machine, path) ?? ''), ...lines(proposal), ''].join('\n');
    return {
      before: [down],
      files: [{ path, text, mode: fileModes.public }],
      commands: [up],
      undo: { before: [down], commands: [up] },
    };
  },
};

function hasProgram(machine: Machine): boolean {
  return ['/sbin/ifup', '/usr/sbin/ifup'].some((path) => existsBelow(machine, path));
}

/** What we set anew. */
const ownKey =
  /^(DEVICE|ONBOOT|BOOTPROTO|DEFROUTE|PEERDNS|(IPADDR|PREFIX|NETMASK|GATEWAY)\d*|DNS\d+|IPV6(INIT|_AUTOCONF|ADDR|ADDR_SECONDARIES|_DEFAULTGW|_DEFROUTE))$/;

function keptLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => {
    const [key] = parseAssignments(line).keys();
    return line.trim() !== '' && !(key !== undefined && ownKey.test(key));
  });
}

function lines({ adapter, dhcp, addresses, gateways, dnsServers }: Proposal): readonly string[] {
  const ipv4 = ofFamily('ipv4', addresses);
  const ipv6 = ofFamily('ipv6', addresses);
  const [gateway] = ofFamily('ipv4', gateways);
  const [ipv6Gateway] = ofFamily('ipv6', gateways);
  const [firstIpv6, ...otherIpv6] = ipv6.map(cidr);
  return [
    `DEVICE=${adapter.name}`,
    'ONBOOT=yes',
    `BOOTPROTO=${dhcp ? 'dhcp' : 'none'}`,
    ...ipv4.flatMap(({ address, prefixLength }, index) => [
      `IPADDR${index || ''}=${address}`,
      `PREFIX${index || ''}=${prefixLength}`,
    ]),
    ...(gateway === undefined ? [] : [`GATEWAY=${gateway.address}`]),
    ...dnsServers.map(({ address }, index) => `DNS${index + 1}=${address}`),
    'IPV6INIT=yes',
    `IPV6_AUTOCONF=${firstIpv6 === undefined ? 'yes' : 'no'}`,
    ...(firstIpv6 === undefined ? [] : [`IPV6ADDR=${firstIpv6}`]),
    ...(otherIpv6.length === 0 ? [] : [`IPV6ADDR_SECONDARIES="${otherIpv6.join(' ')}"`]),
    ...(ipv6Gateway === undefined ? [] : [`IPV6_DEFAULTGW=${ipv6Gateway.address}`]),
  ];
}
