import type { Adapter } from '../../../platform/adapter.ts';
import type { Machine } from '../../../platform/machine.ts';
import { isRunning } from '../../../platform/processes.ts';
import { type BackEnd, type Command, fileModes, type PlannedFile } from '../../plan.ts';
import { type Assigned, assigned } from '../assignments.ts';
import { beyondPlainGateways } from '../plain-gateways.ts';
import {
  aliasesOf,
  type Definition,
  definitionOf,
  dependentsOf,
  folder,
  hasScripts,
  readDefinitions,
} from '../../../platform/network-managers/ifcfg/definitions.ts';
import { wantedValues } from './values.ts';

/** Red Hat's network scripts: the values that speak of addresses in the adapter's ifcfg file. */
export const ifcfg: BackEnd = {
  name: 'ifcfg',
  manages(machine, adapter) {
    const own = hasScripts(machine) ? definitionOf(adapter, readDefinitions(machine), machine) : undefined;
    return own !== undefined && !isLeftToNetworkManager(own, machine);
  },
  canAdopt: (machine) => hasScripts(machine) && !isRunning(machine, 'NetworkManager'),
  isReady: hasScripts,
  plan(proposal, machine) {
    const { adapter, families } = proposal;
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    const definitions = readDefinitions(machine);
    const own = definitionOf(adapter, definitions, machine);
    const { path, name, text } = own ?? newDefinition(adapter);
    const aliases = families.includes('ipv4') ? aliasesOf(adapter.name, definitions) : [];
    const dependents = dependentsOf(adapter.name, definitions, machine);
    const down: Command = { program: 'ifdown', args: [name], judgedBy: 'nothing' };
    const ups = [name, ...dependents.map((one) => one.name)].map((one): Command => ({ program: 'ifup', args: [one] }));
    return {
      before: [down],
      files: [
        { path, text: assigned(text, wantedValues(proposal, own?.values ?? new Map())), mode: fileModes.public },
        ...aliases.map(withoutAlias),
      ],
      commands: ups,
      undo: { before: [down], commands: ups },
    };
  },
};

/** Where it runs, the scripts hand over to it all that is not taken from it by name. */
function isLeftToNetworkManager({ values }: Definition, machine: Machine): boolean {
  return !/^(no|false)$/i.test(values.get('NM_CONTROLLED') ?? 'yes') && isRunning(machine, 'NetworkManager');
}

function newDefinition({ name, mac }: Adapter): Pick<Definition, 'path' | 'name' | 'text'> {
  const text = `TYPE=Ethernet\nDEVICE=${name}\nHWADDR=${mac.toUpperCase()}\n`;
  return { path: `${folder}/ifcfg-${name}`, name, text };
}

/** A range knows no switch. */
function withoutAlias({ path, name, text }: Definition): PlannedFile {
  const off: Assigned = new Map([
    ['ONPARENT', 'no'],
    ['ONBOOT', 'no'],
  ]);
  return { path, text: /-range\d*$/.test(name) ? null : assigned(text, off), mode: fileModes.public };
}
