import { existsBelow, type Machine, readBytes } from '../../../platform/machine.ts';
import { valuesIn } from '../../../platform/network-managers/rc-conf.ts';
import type { Command, Impossible, PlannedFile } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { resolverFile } from '../../resolver/resolver-file.ts';
import { editRcFiles } from './rc-edit.ts';

const resolver = '/etc/resolv.conf';
const configuration = '/etc/resolvconf.conf';

export interface NameServerPlan {
  readonly files: readonly PlannedFile[];
  readonly commands: readonly Command[];
  readonly undo: readonly Command[];
}

const update: Command = { program: 'resolvconf', args: ['-u'] };

/**
 * By resolvconf(8) where it is and is not switched off, else in resolv.conf(5) itself. `endsDhcp`: what the DHCP client said is forgotten. Without
 * servers in the request what is there stays.
 */
export function planNameServers(
  { adapter, dnsServers }: Proposal,
  endsDhcp: boolean,
  machine: Machine,
): NameServerPlan | Impossible {
  if (dnsServers.length === 0) return { files: [], commands: [], undo: [] };
  const file = { path: configuration, text: readBytes(machine, configuration) ?? '' };
  const isOn = existsBelow(machine, '/sbin/resolvconf') && !/^no$/i.test(valuesIn([file]).get('resolvconf') ?? '');
  if (!isOn) return { ...resolverFile(dnsServers, machine), commands: [], undo: [] };
  const wanted = new Map([['name_servers', dnsServers.map(({ address }) => address).join(' ')]]);
  const edited = editRcFiles([file], wanted);
  if ('impossible' in edited) return edited;
  // The client writes its own again with the next lease.
  const forget: Command = { program: 'resolvconf', args: ['-d', adapter.name], judgedBy: 'nothing' };
  const commands = [...(endsDhcp ? [forget] : []), update];
  if (edited.length === 0 && !endsDhcp) return { files: [], commands: [], undo: [] };
  // What resolvconf(8) writes is saved, so that it comes back as it was.
  const written: PlannedFile = { path: resolver, text: undefined, mode: 0o644 };
  return { files: [...edited, written], commands, undo: [update] };
}
