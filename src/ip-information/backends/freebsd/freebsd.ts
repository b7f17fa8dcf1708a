import { readAddresses } from '../../../platform/addresses.ts';
import { readDefaultRoutes } from '../../../platform/freebsd/default-routes.ts';
import { type Machine, readText } from '../../../platform/machine.ts';
import { lastLeasedAddress } from '../../../platform/network-managers/dhclient.ts';
import { readRcFiles, valuesIn } from '../../../platform/network-managers/rc-conf.ts';
import { parseAddress } from '../../parse.ts';
import type { BackEnd } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { beyondPlainGateways } from '../plain-gateways.ts';
import { changeAtOnce, type Present } from './at-once.ts';
import { configuredOf, type Values, wantedVariables } from './interface-variables.ts';
import { planNameServers } from './name-servers.ts';
import { editRcFiles } from './rc-edit.ts';
import { routerVariable } from './routers.ts';

/**
 * FreeBSD's own rc.conf(5), edited in place for the next boot; addresses and routes are set at once by ifconfig(8) and route(8).
 * `service netif restart` would take longer than the driver waits, and take away what is not ours.
 */
export const freebsd: BackEnd = {
  name: 'freebsd',
  manages: () => true,
  isReady: () => true,
  async plan(proposal, machine) {
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    const files = readRcFiles(machine);
    const values = valuesIn(files);
    const present = await readPresent(proposal, values, machine);
    const { families, dhcp } = proposal;
    const routers = families.flatMap((family) => routerVariable(family, proposal, present.routes, values));
    const edited = editRcFiles(files, new Map([...wantedVariables(proposal, values), ...routers]));
    if ('impossible' in edited) return edited;
    const endsDhcp = present.configured.dhcp !== undefined && families.includes('ipv4') && !dhcp;
    const dns = planNameServers(proposal, endsDhcp, machine);
    if ('impossible' in dns) return dns;
    const { commands, undo } = changeAtOnce(proposal, present);
    return {
      before: [],
      files: [...edited, ...dns.files],
      commands: [...commands, ...dns.commands],
      undo: { before: [], commands: [...undo, ...dns.undo] },
    };
  },
};

async function readPresent({ adapter }: Proposal, values: Values, machine: Machine): Promise<Present> {
  const { name } = adapter;
  const [ipv4, ipv6] = await Promise.all([readDefaultRoutes(machine, 'ipv4'), readDefaultRoutes(machine, 'ipv6')]);
  const held = readAddresses(machine).flatMap((own) => {
    const parsed = own.adapter === name ? parseAddress(own.address) : undefined;
    return parsed === undefined ? [] : [{ ...parsed, prefixLength: own.prefixLength }];
  });
  const leases = readText(machine, `/var/db/dhclient.leases.${name}`) ?? '';
  return {
    held,
    leased: lastLeasedAddress(leases, name),
    configured: configuredOf(name, values),
    values,
    routes: { ipv4, ipv6 },
  };
}
