import type { IpFamily } from '../../../platform/adapter.ts';
import { type DhcpcdLine, dhcpcdLines } from '../../../platform/network-managers/dhcpcd/configuration.ts';
import { cidr, ofFamily } from '../../family.ts';
import type { Impossible } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';

/** Lines that speak of the addresses of a family; `inform` has a static address, and asks for the rest. */
const ofAddresses: Readonly<Record<IpFamily, RegExp>> = {
  ipv4: /^(static (ip_address|routers|subnet_mask|broadcast_address)\s*=|inform\b|nodhcp$|noipv4$|dhcp$)/,
  ipv6: /^static ip6_address\s*=/,
};
const ofServers = /^static domain_name_servers\s*=/;

/** dhcpcd.conf(5) with what a proposal says of the adapter, in its block; every other byte stays. */
export function dhcpcdText(text: string, proposal: Proposal): string | Impossible {
  const { adapter, families, dnsServers } = proposal;
  const lines = dhcpcdLines(text);
  const patterns = [...families.map((family) => ofAddresses[family]), ...(dnsServers.length > 0 ? [ofServers] : [])];
  const isAddressed = (line: DhcpcdLine): boolean => patterns.some((one) => one.test(wordsOf(line)));
  const shared = lines.find((line) => line.block === '' && isAddressed(line));
  if (shared !== undefined) return { impossible: `dhcpcd has "${wordsOf(shared)}" for all adapters` };
  const block = lines.filter((line) => line.block === `interface ${adapter.name}`);
  const gone = block.filter(isAddressed);
  const wanted = wantedLines(proposal);
  if (gone.map(wordsOf).sort().join('\n') === wanted.toSorted().join('\n')) return text;
  const [first] = gone;
  const head = block.findLast(({ option }) => option === 'interface');
  if (head === undefined) {
    if (wanted.length === 0) return text;
    const lead = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${lead}\ninterface ${adapter.name}\n${wanted.map((line) => `${line}\n`).join('')}`;
  }
  const at = first?.start ?? head.end;
  const indent = first === undefined ? '' : (/^\s*/.exec(text.slice(first.start))?.[0] ?? '');
  const lead = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  const added = wanted.map((line) => `${indent}${line}\n`).join('');
  const rest = without(text, [{ start: 0, end: at }, ...gone]);
  return `${text.slice(0, at)}${lead}${added}${rest}`;
}

/** A text without some of its parts, which are in order. */
function without(text: string, parts: readonly Pick<DhcpcdLine, 'start' | 'end'>[]): string {
  return parts.map(({ end }, index) => text.slice(end, parts[index + 1]?.start)).join('');
}

function wordsOf({ option, value }: DhcpcdLine): string {
  return `${option} ${value}`.trim();
}

function wantedLines({ families, dhcp, addresses, gateways, dnsServers }: Proposal): readonly string[] {
  const [ipv4] = ofFamily('ipv4', addresses);
  const [ipv6] = ofFamily('ipv6', addresses);
  const [gateway] = gateways;
  return [
    ...(ipv4 === undefined ? [] : [`static ip_address=${cidr(ipv4)}`]),
    ...(gateway === undefined ? [] : [`static routers=${gateway.address}`]),
    ...(families.includes('ipv4') && !dhcp && ipv4 === undefined ? ['noipv4'] : []),
    ...(ipv6 === undefined ? [] : [`static ip6_address=${cidr(ipv6)}`]),
    ...(dnsServers.length === 0
      ? []
      : [`static domain_name_servers=${dnsServers.map(({ address }) => address).join(' ')}`]),
  ];
}
