import { existsBelow, type Machine, readStatus } from '../../platform/machine.ts';
import { ofFamily } from '../family.ts';
import type { ScriptSettings } from '../injection-settings.ts';
import { dottedMask } from '../parse.ts';
import { type BackEnd, type Command, fileModes, type Impossible, type PlannedFile } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { withIpSettings } from './network-manager/ip-settings.ts';
import { namedProfile } from './network-manager/own-profile.ts';

const folder = '/var/lib/hyperv';

/** A site's own hv_set_ifconfig, as the stock Linux daemon calls it: with the path of an ifcfg file, and of a keyfile. */
export function script(settings: ScriptSettings): BackEnd {
  return {
    name: 'script',
    manages: (machine) => isTrusted(machine, settings.script),
    isReady: () => true,
    plan(proposal, machine) {
      const files = plannedFiles(proposal, settings);
      if ('impossible' in files) return files;
      const paths = files.map(({ path }) => path);
      const commands: readonly Command[] = [{ program: settings.script, args: paths }];
      // It knows how to apply files, and before the first request there are none.
      const hasFormer = paths.every((path) => existsBelow(machine, path));
      return { before: [], files, commands, undo: { before: [], commands: hasFormer ? commands : [] } };
    },
  };
}

const writeByOthers = 0o022;

/** Whether a script is there, and root's alone to write. */
function isTrusted(machine: Machine, path: string): boolean {
  const status = readStatus(machine, path);
  return status?.uid === 0 && status.isFile() && (status.mode & writeByOthers) === 0;
}

function plannedFiles(proposal: Proposal, { scriptArguments }: ScriptSettings): readonly PlannedFile[] | Impossible {
  const { name } = proposal.adapter;
  const ifcfgFile = { path: `${folder}/ifcfg-${name}`, text: ifcfgText(proposal), mode: fileModes.private };
  if (scriptArguments === 'ifcfg') return [ifcfgFile];
  const keyfile = withIpSettings(namedProfile(proposal.adapter), proposal);
  if (typeof keyfile !== 'string') return keyfile;
  return [ifcfgFile, { path: `${folder}/${name}.nmconnection`, text: keyfile, mode: fileModes.private }];
}

/** The keys of the stock daemon, whose lists count the entries of both families from 0 each. */
function ifcfgText({ adapter, dhcp, addresses, gateways, dnsServers }: Proposal): string {
  const ipv4 = ofFamily('ipv4', addresses);
  const ipv6 = ofFamily('ipv6', addresses);
  return [
    `HWADDR=${adapter.mac.toUpperCase()}`,
    `DEVICE=${adapter.name}`,
    `BOOTPROTO=${dhcp ? 'dhcp' : 'none'}`,
    ...ipv4.map(({ address }, index) => `IPADDR${index}=${address}`),
    ...ipv6.map(({ address }, index) => `IPV6ADDR${suffix(index)}=${address}`),
    ...ipv4.map(({ prefixLength }, index) => `NETMASK${index}=${dottedMask(prefixLength)}`),
    ...ipv6.map(({ prefixLength }, index) => `IPV6NETMASK${suffix(index)}=${prefixLength}`),
    ...ofFamily('ipv4', gateways).map(({ address }, index) => `GATEWAY${index || ''}=${address}`),
    ...ofFamily('ipv6', gateways).map(({ address }, index) => `IPV6_DEFAULTGW${suffix(index)}=${address}`),
    ...dnsServers.map(({ address }, index) => `DNS${index + 1}=${address}`),
    '',
  ].join('\n');
}

function suffix(index: number): string {
  return index === 0 ? '' : `_${index}`;
}
