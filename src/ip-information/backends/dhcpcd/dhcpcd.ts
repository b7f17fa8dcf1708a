import { ipFamilies } from '../../../platform/adapter.ts';
import { readBytes } from '../../../platform/machine.ts';
import { dhcpcdFile, hasDhcpcd } from '../../../platform/network-managers/dhcpcd/configuration.ts';
import { type BackEnd, type Command, fileModes } from '../../plan.ts';
import { farGateway, severalGateways } from '../plain-gateways.ts';
import { ofFamily } from '../../family.ts';
import { dhcpcdText } from './edit.ts';

/** dhcpcd for all adapters, as on Raspberry Pi OS and Void: the `static` lines of the adapter's block. */
export const dhcpcd: BackEnd = {
  name: 'dhcpcd',
  manages: (machine, { name }) => hasDhcpcd(machine, name),
  isReady: (machine, { name }) => hasDhcpcd(machine, name),
  plan(proposal, machine) {
    const { adapter, addresses, gateways } = proposal;
    const obstacle = severalGateways(proposal) ?? farGateway(proposal);
    if (obstacle !== undefined) return obstacle;
    if (ipFamilies.some((family) => ofFamily(family, addresses).length > 1)) {
      return { impossible: 'dhcpcd has one static address of a family' };
    }
    if (ofFamily('ipv6', gateways).length > 0) return { impossible: 'dhcpcd leaves IPv6 gateways to routers' };
    const text = dhcpcdText(readBytes(machine, dhcpcdFile) ?? '', proposal);
    if (typeof text !== 'string') return text;
    // Reads its configuration anew and asks anew, or not at all.
    const commands: readonly Command[] = [{ program: 'dhcpcd', args: ['--rebind', adapter.name] }];
    const files = [{ path: dhcpcdFile, text, mode: fileModes.public }];
    return { before: [], files, commands, undo: { before: [], commands } };
  },
};
