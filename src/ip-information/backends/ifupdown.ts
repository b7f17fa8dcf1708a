import { existsBelow, listFolder, type Machine, readText } from '../../platform/machine.ts';
import { ofFamily } from '../family.ts';
import { type BackEnd, type Command, fileModes, type PlannedFile } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { beyondPlainGateways } from './plain-gateways.ts';

const configuration = '/etc/network/interfaces';
const fragments = '/etc/network/interfaces.d';

/** Debian's ifupdown: a marked block in interfaces(5); the adapter's other stanzas become comments. */
export const ifupdown: BackEnd = {
  name: 'ifupdown',
  manages: (machine, { name }) => hasProgram(machine) && readFiles(machine).some(({ text }) => hasStanza(text, name)),
  isReady: hasProgram,
  plan(proposal, machine) {
    const { adapter } = proposal;
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    // Without the former files ifdown(8) would not know what to take away.
    const down: Command = { program: 'ifdown', args: ['--force', adapter.name], judgedBy: 'nothing' };
    const up: Command = { program: 'ifup', args: ['--force', adapter.name] };
    return {
      before: [down],
      files: plannedFiles(proposal, machine),
      commands: [up],
      undo: { before: [down], commands: [up] },
    };
  },
};

function hasProgram(machine: Machine): boolean {
  return ['/sbin/ifup', '/usr/sbin/ifup'].some((path) => existsBelow(machine, path));
}

/** interfaces(5) and the folder that every distribution has it include. */
function readFiles(machine: Machine): readonly { readonly path: string; readonly text: string }[] {
  const paths = [configuration, ...listFolder(machine, fragments).map((name) => `${fragments}/${name}`)];
  return paths.map((path) => ({ path, text: readText(machine, path) ?? '' }));
}

function hasStanza(text: string, adapter: string): boolean {
  return withoutStanzas(text, adapter) !== text;
}

function plannedFiles(proposal: Proposal, machine: Machine): readonly PlannedFile[] {
  const { name } = proposal.adapter;
  const files = readFiles(machine).map(({ path, text }) => ({ path, former: text, text: withoutBlock(text, name) }));
  const isStarted = files.some(({ text }) => startsAtBoot(text, name));
  return files.flatMap(({ path, former, text }) => {
    const rest = withoutStanzas(text, name);
    const isMain = path === configuration;
    const next = isMain ? `${rest.trimEnd()}\n\n${block(proposal, isStarted)}`.trimStart() : rest;
    return isMain || next !== former ? [{ path, text: next, mode: fileModes.public }] : [];
  });
}

function startsAtBoot(text: string, adapter: string): boolean {
  const lines = text.matchAll(/^[ \t]*(?:auto|allow-\S+)[ \t]+(.*)$/gm);
  return Array.from(lines, ([, names = '']) => names.trim().split(/\s+/)).some((names) => names.includes(adapter));
}

function marks(adapter: string): { readonly begin: string; readonly end: string } {
  return { begin: `# hyperv-kvp: begin ${adapter}`, end: `# hyperv-kvp: end ${adapter}` };
}

function withoutBlock(text: string, adapter: string): string {
  const { begin, end } = marks(adapter);
  const lines = text.split('\n');
  const first = lines.indexOf(begin);
  const last = lines.indexOf(end);
  return first < 0 || last < first ? text : lines.toSpliced(first, last - first + 1).join('\n');
}

/** What begins a stanza of any kind, and so ends the one before. */
const stanzaStart = /^\s*(iface|auto|allow-\S+|mapping|source|source-directory|no-auto-down|no-scripts|rename)\s/;

function withoutStanzas(text: string, adapter: string): string {
  let isOurs = false;
  const lines = text.split('\n').map((line) => {
    const [, keyword, name] = /^\s*(\S+)\s+(\S+)/.exec(line) ?? [];
    if (stanzaStart.test(line)) isOurs = keyword === 'iface' && name === adapter;
    return isOurs && /^\s*[^\s#]/.test(line) ? `# replaced by hyperv-kvp: ${line}` : line;
  });
  return lines.join('\n');
}

function block(proposal: Proposal, isStarted: boolean): string {
  const { adapter, dhcp } = proposal;
  const { begin, end } = marks(adapter.name);
  return [
    begin,
    ...(isStarted ? [] : [`auto ${adapter.name}`]),
    ...(dhcp ? [`iface ${adapter.name} inet dhcp`] : []),
    ...staticStanzas('ipv4', proposal),
    ...staticStanzas('ipv6', proposal),
    ...(ofFamily('ipv6', proposal.addresses).length === 0 ? [`iface ${adapter.name} inet6 auto`] : []),
    end,
    '',
  ].join('\n');
}

/** A stanza an address; the first has what there is but one of. */
function staticStanzas(
  family: 'ipv4' | 'ipv6',
  { adapter, addresses, gateways, dnsServers }: Proposal,
): readonly string[] {
  const [gateway] = ofFamily(family, gateways);
  const own = ofFamily(family, addresses);
  const first = addresses[0];
  return own.flatMap(({ address, prefixLength }, index) => [
    `iface ${adapter.name} ${family === 'ipv4' ? 'inet' : 'inet6'} static`,
    `    address ${address}`,
    `    netmask ${prefixLength}`,
    ...(index === 0 && gateway !== undefined ? [`    gateway ${gateway.address}`] : []),
    ...(address === first?.address && dnsServers.length > 0
      ? [`    dns-nameservers ${dnsServers.map((server) => server.address).join(' ')}`]
      : []),
  ]);
}
