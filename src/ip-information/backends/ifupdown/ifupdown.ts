import { existsBelow, type Machine, readText } from '../../../platform/machine.ts';
import { mainFile, readInterfaces } from '../../../platform/network-managers/ifupdown/interfaces.ts';
import { knownAs } from '../../../platform/network-managers/ifupdown/known-as.ts';
import { ifupdownProgram } from '../../../platform/network-managers/ifupdown/program.ts';
import { readUp } from '../../../platform/network-managers/ifupdown/up.ts';
import { isRunning } from '../../../platform/processes.ts';
import type { BackEnd, Command } from '../../plan.ts';
import { isCloudInits } from '../cloud-init.ts';
import { alsoBack, readForeign } from '../foreign.ts';
import { farGateway, severalGateways } from '../plain-gateways.ts';
import { withPart } from './assembled.ts';
import { foreignPorts } from './bridge-ports.ts';
import { commandsOf } from './commands.ts';
import { findHome } from './home.ts';
import { plannedFiles } from './planned-files.ts';

/** ifupdown: Debian's, and those of busybox and Alpine. The address part of the adapter's stanzas in interfaces(5) is edited. */
export const ifupdown: BackEnd = {
  name: 'ifupdown',
  manages: async (machine, { name }) => hasProgram(machine) && (await knownAs(machine, name)) !== undefined,
  canAdopt: (machine) => hasProgram(machine) && existsBelow(machine, mainFile) && isInUse(machine),
  isReady: (machine) => readUp(machine) !== undefined,
  async plan(asked, machine) {
    const adapter = { ...asked.adapter, name: (await knownAs(machine, asked.adapter.name)) ?? asked.adapter.name };
    const proposal = { ...asked, adapter };
    const interfaces = readInterfaces(machine);
    const up = readUp(machine) ?? new Map<string, string>();
    const program = await ifupdownProgram(machine);
    // The others set the default route without "onlink".
    const obstacle = severalGateways(proposal) ?? (program === 'debian' ? undefined : farGateway(proposal));
    if (obstacle !== undefined) return obstacle;
    const home = findHome({ adapter, interfaces, up, program });
    if ('impossible' in home) return home;
    const [port] = foreignPorts(
      machine,
      adapter.name,
      interfaces.stanzas.filter(({ name }) => name === home.logical),
    );
    if (port !== undefined) return { impossible: `${adapter.name} would lose its port ${port}, which no stanza names` };
    // Debian's alone switches them off.
    const acceptRa = program === 'debian' ? acceptedAdvertisements(machine, adapter.name) : undefined;
    const main = interfaces.texts.get(mainFile) ?? '';
    const planned = plannedFiles(proposal, interfaces, home, { program, acceptRa });
    const files = 'impossible' in planned ? planned : withPart(planned, main, adapter.name, machine);
    if ('impossible' in files) return files;
    // On Alpine: elsewhere it has a file of its own.
    if (isCloudInits(main, machine) && files.some(({ path }) => path === mainFile)) {
      return {
        impossible: `cloud-init writes ${mainFile} again at each start; "network: {config: disabled}" in /etc/cloud/cloud.cfg.d keeps it from that`,
      };
    }
    const commands = commandsOf(adapter.name, home.logical, interfaces, up);
    const isLeft = program !== 'debian' && proposal.families.includes('ipv4');
    // Taken down, it has no routes any more that another program has set.
    const foreign = up.has(adapter.name) ? undefined : await readForeign(machine, adapter.name);
    const undo = alsoBack(commands.undo, foreign);
    return { files, ...commands, undo, before: [...commands.before, ...(isLeft ? [withoutLease(adapter.name)] : [])] };
  },
};

/** ifupdown-ng kills a DHCP client, which then leaves its address. Others have put there what has no end. */
function withoutLease(name: string): Command {
  return { program: 'ip', args: ['-4', 'address', 'flush', 'dev', name, 'dynamic'], judgedBy: 'nothing' };
}

/** The kernel's accept_ra, where it gives an adapter addresses by the advertisements of routers; undefined where it does not. */
function acceptedAdvertisements(machine: Machine, name: string): string | undefined {
  const valueOf = (key: string): string => readText(machine, `/proc/sys/net/ipv6/conf/${name}/${key}`)?.trim() ?? '';
  const acceptRa = valueOf('accept_ra');
  return ['1', '2'].includes(acceptRa) && valueOf('autoconf') === '1' ? acceptRa : undefined;
}

function hasProgram(machine: Machine): boolean {
  return ['/sbin/ifup', '/usr/sbin/ifup'].some((path) => existsBelow(machine, path));
}

/** Many systems have it for the loopback alone, beside the network manager that they use. */
function isInUse(machine: Machine): boolean {
  const up = readUp(machine);
  if (up === undefined) return false;
  const hasAdapters = Array.from(up.keys()).some((name) => name !== 'lo');
  return hasAdapters || !['systemd-networkd', 'NetworkManager'].some((program) => isRunning(machine, program));
}
