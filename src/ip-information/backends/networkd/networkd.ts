import { basename } from 'node:path';
import type { Adapter } from '../../../platform/adapter.ts';
import type { Machine } from '../../../platform/machine.ts';
import {
  networkFileOf,
  type NetworkdDefinition,
  readLinkState,
  readNetworkdDefinition,
} from '../../../platform/network-managers/networkd-definition.ts';
import { isFreeForNetworkd } from '../../../platform/network-managers/networkd-unmanaged.ts';
import { isRunning } from '../../../platform/processes.ts';
import { type BackEnd, fileModes, type Impossible, type PlannedFile } from '../../plan.ts';
import { alsoBack, type Foreign, ofOthers, readForeign } from '../foreign.ts';
import { Draft } from './draft.ts';
import { edit } from './edit.ts';
import { reloads } from './kept.ts';
import { hasNextHops } from './gateways.ts';
import { isForOneAdapter, narrow, newDefinition, ownPath } from './own-definition.ts';
import { withSharedNetworks } from './shared-networks.ts';

const folder = '/etc/systemd/network';

/** systemd-networkd: the .network file that it applies to the adapter, with its drop-ins. */
export const networkd: BackEnd = {
  name: 'networkd',
  manages: (machine, { name }) => isUp(machine) && networkFileOf(machine, name) !== undefined,
  canAdopt: isFreeForNetworkd,
  isReady: (machine, adapter) => isUp(machine) && readLinkState(machine, adapter.name) !== undefined,
  isBusy: isConfiguring,
  async plan(asked, machine) {
    const proposal = withSharedNetworks(asked, machine);
    const { adapter } = proposal;
    const former = readNetworkdDefinition(machine, adapter.name);
    const foreign = former === undefined ? await readForeign(machine, adapter.name) : undefined;
    const found = draftOf(adapter, former, machine, foreign && foreignText(ofOthers(foreign, proposal.families)));
    if ('impossible' in found) return found;
    if (hasNextHops(found.draft, proposal.families)) return { impossible: 'its gateways are in [NextHop] sections' };
    edit(found.draft, proposal);
    const { commands, undo } = reloads(found.former, proposal, machine);
    return { before: [], files: filesOf(found), commands, undo: alsoBack(undo, foreign) };
  },
};

interface Found {
  /** What systemd-networkd applies now. */
  readonly former: NetworkdDefinition | undefined;
  readonly draft: Draft;
  /** The name of a .network file of ours that takes the place of the former; undefined: the former is changed. */
  readonly own: string | undefined;
}

function draftOf(
  adapter: Adapter,
  former: NetworkdDefinition | undefined,
  machine: Machine,
  foreign: string | undefined,
): Found | Impossible {
  if (former !== undefined && isForOneAdapter(former, machine)) {
    return { former, draft: new Draft(former), own: undefined };
  }
  const path = ownPath(adapter, former);
  if (path === undefined) return { impossible: `no file of ours can sort before ${former?.main.path ?? ''}` };
  const own = basename(path);
  if (former === undefined) return { former, draft: new Draft(newDefinition(path, adapter, machine, foreign)), own };
  const draft = new Draft(former);
  narrow(draft, adapter, machine);
  return { former, draft, own };
}

/** What another program has set, as systemd.network(5) says it. */
function foreignText({ hasLease, addresses, routes }: Foreign): string {
  const sections = routes.map(({ to, via, metric }) => {
    const lines = ['', '[Route]', `Destination=${to}`, `Gateway=${via}`];
    return [...lines, ...(metric === undefined ? [] : [`Metric=${metric}`]), ''].join('\n');
  });
  const own = addresses.map((address) => `Address=${address}\n`);
  return [...(hasLease ? ['DHCP=ipv4\n'] : []), ...own, ...sections].join('');
}

/** A file of another folder is changed by one in /etc of the same name, which takes its place at each boot, too. */
function filesOf({ draft, own }: Found): readonly PlannedFile[] {
  const [main] = draft.files;
  if (main === undefined) return [];
  const path = `${folder}/${own ?? basename(main.path)}`;
  const isWritten = main.isChanged || own !== undefined;
  return [...(isWritten ? [{ path, text: main.text, mode: fileModes.public }] : []), ...dropInsOf(draft, own)];
}

/** The drop-ins that have changed; all of them, where they go to a .network file of another name. */
export function dropInsOf(draft: Draft, own: string | undefined): readonly PlannedFile[] {
  const [main, ...dropIns] = draft.files;
  const name = own ?? basename(main?.path ?? '');
  return dropIns
    .filter(({ isChanged }) => isChanged || own !== undefined)
    .map(({ path, text }) => ({ path: `${folder}/${name}.d/${basename(path)}`, text, mode: fileModes.public }));
}

function isUp(machine: Machine): boolean {
  return isRunning(machine, 'systemd-networkd');
}

/** Whether systemd-networkd is still at work on an adapter: between the former addresses and the next there are none. */
export function isConfiguring(machine: Machine, { name }: Adapter): boolean {
  return ['pending', 'initialized', 'configuring'].includes(readLinkState(machine, name)?.get('ADMIN_STATE') ?? '');
}
