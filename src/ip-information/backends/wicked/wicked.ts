import { parseAssignments } from '../../../platform/assignments.ts';
import { existsBelow, type Machine, readBytes } from '../../../platform/machine.ts';
import { isRunning } from '../../../platform/processes.ts';
import { type BackEnd, type Command, fileModes, type PlannedFile } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { assigned } from '../assignments.ts';
import { beyondPlainGateways } from '../plain-gateways.ts';
import { isWithin } from '../../parse.ts';
import { newRoutes, withDefaultRoutes } from './routes.ts';
import { networksOf, wantedValues } from './values.ts';

const folder = '/etc/sysconfig/network';

/** SUSE's wicked: the addresses in the adapter's ifcfg file, its default routes, and the name servers, which are of all adapters. */
export const wicked: BackEnd = {
  name: 'wicked',
  manages: (machine, { name }) => isReady(machine) && existsBelow(machine, `${folder}/ifcfg-${name}`),
  canAdopt: (machine) => isReady(machine) && existsBelow(machine, folder),
  isReady,
  plan(proposal, machine) {
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    const { adapter, dnsServers } = proposal;
    // Its status also says that it waits for a carrier.
    const reload: Command = { program: 'wicked', args: ['ifreload', adapter.name], judgedBy: 'nothing' };
    const update: Command = { program: 'netconfig', args: ['update', '-f'] };
    const commands = dnsServers.length > 0 ? [reload, update] : [reload];
    const path = `${folder}/ifcfg-${adapter.name}`;
    const former = readBytes(machine, path) ?? '';
    const values = parseAssignments(former);
    return {
      before: [],
      files: [
        { path, text: assigned(former, wantedValues(proposal, values)), mode: fileModes.public },
        ...routeFiles(proposal, values, machine),
        ...nameServerFiles(proposal, machine),
      ],
      commands,
      undo: { before: [], commands },
    };
  },
};

function isReady(machine: Machine): boolean {
  return isRunning(machine, 'wickedd');
}

function routeFiles(proposal: Proposal, former: ReadonlyMap<string, string>, machine: Machine): readonly PlannedFile[] {
  const ownPath = `${folder}/ifroute-${proposal.adapter.name}`;
  const formerOwn = readBytes(machine, ownPath) ?? '';
  const formerGlobal = readBytes(machine, `${folder}/routes`) ?? '';
  const { name } = proposal.adapter;
  const networks = networksOf(former);
  const own = withDefaultRoutes(formerOwn, proposal, ({ device }) => device === '-' || device === name);
  const all = withDefaultRoutes(formerGlobal, proposal, ({ device, gateway }) =>
    device === '-' ? networks.some((network) => isWithin(gateway, network)) : device === name,
  );
  const text = own.text + newRoutes(proposal, new Set([...own.placed, ...all.placed]));
  return [
    ...(text === formerOwn ? [] : [{ path: ownPath, text, mode: fileModes.public }]),
    ...(all.text === formerGlobal ? [] : [{ path: `${folder}/routes`, text: all.text, mode: fileModes.public }]),
  ];
}

function nameServerFiles({ dnsServers }: Proposal, machine: Machine): readonly PlannedFile[] {
  if (dnsServers.length === 0) return [];
  const path = `${folder}/config`;
  const servers = dnsServers.map(({ address }) => address).join(' ');
  const text = assigned(readBytes(machine, path) ?? '', new Map([['NETCONFIG_DNS_STATIC_SERVERS', servers]]));
  return [{ path, text, mode: fileModes.public }];
}
