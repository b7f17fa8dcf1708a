import { basename } from 'node:path';
import { existsBelow, type Machine, readLink } from '../../../platform/machine.ts';
import { readNetworkdDefinition } from '../../../platform/network-managers/networkd-definition.ts';
import { isFreeForNetworkd } from '../../../platform/network-managers/networkd-unmanaged.ts';
import { type BackEnd, type Command, fileModes, type Impossible, type Plan, type PlannedFile } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { alsoBack, type Foreign, ofOthers, readForeign } from '../foreign.ts';
import { patience } from '../network-manager.ts';
import { reloads } from '../networkd/kept.ts';
import { isConfiguring, networkd } from '../networkd/networkd.ts';
import { withSharedNetworks } from '../networkd/shared-networks.ts';
import { remarked, remarks, withoutOurSwitches } from './advertisements.ts';
import { plannedDropIns } from './drop-ins.ts';
import { edited } from './edit.ts';
import {
  hasNetplanFiles,
  locate,
  type Location,
  type NetplanFile,
  ownFolder,
  readNetplanFiles,
  settingsIn,
} from './files.ts';
import { isForOneAdapter, ownId, ownPath, ownSettings, ownText } from './own-definition.ts';
import { type Rendered, renderedOf } from './renderer.ts';
import { type Place, vrfsOf, withoutGateways } from './vrfs.ts';
import { isEqual, isMap, mapAt, textAt, type Tree, type TreeMap, withPath } from './yaml-tree.ts';

/** Netplan: the definition that its network manager applies to the adapter, where it stands; else one of ours that goes before it. */
export const netplan: BackEnd = {
  name: 'netplan',
  manages: async (machine, adapter) => isInstalled(machine) && (await renderedOf(machine, adapter)) !== undefined,
  canAdopt: async (machine, adapter) =>
    isInstalled(machine) &&
    hasNetplanFiles(machine) &&
    isFreeForNetworkd(machine, adapter) &&
    rendererOf((await readNetplanFiles(machine)).files) === 'networkd',
  isReady: async (machine, adapter) =>
    (await renderedOf(machine, adapter)) !== undefined || (await networkd.isReady(machine, adapter)),
  isBusy: isConfiguring,
  async plan(asked, machine) {
    const { adapter } = asked;
    const rendered = await renderedOf(machine, adapter);
    const proposal = rendered?.by === 'network-manager' ? asked : withSharedNetworks(asked, machine);
    const { files, unread } = await readNetplanFiles(machine);
    // What it says of the adapter would be lost, and what it says of others not known.
    if (unread.length > 0) return { impossible: `${unread.join()} is not in a form of YAML that can be changed` };
    const found = rendered && locate(files, rendered.id);
    const changed = found && inPlace(proposal, found, files);
    const foreign = rendered === undefined ? await readForeign(machine, adapter.name) : undefined;
    const planned = changed ?? ofOurs(proposal, found, files, rendered, machine, foreign);
    if ('impossible' in planned) return planned;
    const own = changed === undefined ? ownId(adapter, found?.id) : undefined;
    const dropIns = rendered?.by === 'networkd' ? plannedDropIns(proposal, own, machine) : [];
    const { commands, undo } = applied(proposal, rendered, own, machine);
    return { before: [], files: [...planned, ...dropIns], commands, undo: alsoBack(undo, foreign) };
  },
};

/** Undefined where the definition cannot be changed for this adapter alone, or somebody writes it again at each boot. */
function inPlace(
  proposal: Proposal,
  location: Location,
  files: readonly NetplanFile[],
): readonly PlannedFile[] | undefined {
  const path = ['network', location.kind, location.id];
  const own = files.flatMap((file): readonly Place[] => {
    const settings = settingsIn(file, location);
    return settings === undefined ? [] : [{ file, path, settings: mapAt(settings) }];
  });
  if (!own.every(({ settings }) => isForOneAdapter(settings))) return undefined;
  const vrfs = vrfsOf(files, location.id);
  const places = [...own, ...vrfs];
  const next = [
    ...edited(
      own.map(({ file, settings }) => withoutOurSwitches(file, location, settings, proposal)),
      proposal,
    ),
    ...withoutGateways(
      vrfs.map(({ settings }) => settings),
      proposal,
    ),
  ];
  const changes = places
    .map((place, index) => ({ ...place, next: next[index] ?? place.settings }))
    .filter((change) => !isEqual(change.next, change.settings));
  const texts = files.flatMap((file) => {
    const here = changes.filter((change) => change.file === file);
    if (here.length === 0) return [];
    const tree = here.reduce<Tree>((former, change) => withPath(former, change.path, change.next), file.tree);
    return [{ file, text: file.patched(tree, remarks) }];
  });
  const planned = texts.flatMap(({ file, text }) =>
    text === undefined || file.isGenerated ? [] : [{ path: `${ownFolder}/${file.name}`, text, mode: modeOf(file) }],
  );
  return planned.length === texts.length ? planned : undefined;
}

/** A file that is changed keeps its mode, which `public` does not widen; a copy of one of the distribution may get secrets. */
function modeOf({ path }: NetplanFile): number {
  return path.startsWith(`${ownFolder}/`) ? fileModes.public : fileModes.private;
}

function ofOurs(
  proposal: Proposal,
  former: Location | undefined,
  files: readonly NetplanFile[],
  rendered: Rendered | undefined,
  machine: Machine,
  foreign: Foreign | undefined,
): readonly PlannedFile[] | Impossible {
  const { adapter } = proposal;
  if (former !== undefined && former.kind !== 'ethernets') {
    return { impossible: `the definition of ${former.id} cannot be changed where it stands` };
  }
  const id = ownId(adapter, former?.id);
  if (id === undefined) return { impossible: `no id of ours can sort before ${former?.id ?? ''}` };
  const driver = readLink(machine, `/sys/class/net/${adapter.name}/device/driver`);
  const settings = {
    ...ownSettings(adapter, former, files, driver && basename(driver)),
    ...(foreign && foreignSettings(ofOthers(foreign, proposal.families))),
  };
  const [next] = edited([settings], proposal);
  const text = remarked(ownText(id, next ?? settings, former, files, rendered), settings);
  return [{ path: ownPath(adapter, files), text, mode: fileModes.private }];
}

/** What another program has set, which systemd-networkd takes away. */
function foreignSettings({ hasLease, addresses, routes }: Foreign): TreeMap {
  return {
    ...(hasLease && { dhcp4: 'true' }),
    ...(addresses.length > 0 && { addresses: [...addresses] }),
    ...(routes.length > 0 && {
      routes: routes.map(({ to, via, metric }) => ({ to, via, ...(metric !== undefined && { metric }) })),
    }),
  };
}

/** Netplan checks the files and makes those of the network manager; its own `apply` would set up the other adapters again, too. */
function applied(
  proposal: Proposal,
  rendered: Rendered | undefined,
  own: string | undefined,
  machine: Machine,
): Pick<Plan, 'commands' | 'undo'> {
  const generate: Command = { program: 'netplan', args: ['generate'] };
  const { name } = proposal.adapter;
  if (rendered?.by === 'network-manager') {
    const activated = (profile: readonly string[], options: readonly string[] = []): readonly Command[] => [
      generate,
      { program: 'nmcli', args: ['connection', 'reload'] },
      { program: 'nmcli', args: [...options, 'connection', 'up', ...profile, 'ifname', name] },
    ];
    const former = ['uuid', rendered.uuid];
    return {
      commands: activated(own === undefined ? former : ['id', `netplan-${own}`], patience(proposal)),
      undo: { before: [], commands: activated(former) },
    };
  }
  const { commands, undo } = reloads(readNetworkdDefinition(machine, name), proposal, machine);
  return { commands: [generate, ...commands], undo: { before: [], commands: [generate, ...undo.commands] } };
}

function isInstalled(machine: Machine): boolean {
  return existsBelow(machine, '/usr/sbin/netplan');
}

/** The renderer of what has none of its own. */
function rendererOf(files: readonly NetplanFile[]): string {
  const named = files.map(({ tree }) => textAt(mapAt(tree, 'network'), 'renderer')).filter((own) => own !== undefined);
  const kind = named.at(-1) ?? 'networkd';
  return isMap(kind) ? 'networkd' : kind;
}
