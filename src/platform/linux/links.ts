import type { LinkState } from '../../device/native.ts';
import type { Link } from '../adapter.ts';
import { existsBelow, listFolder, type Machine } from '../machine.ts';

const folder = '/sys/class/net';

/** The interfaces of these names, with those below and above them: what the kernel's messages say of them, and /sys of what is below. */
export function readLinks(machine: Machine, states: readonly LinkState[], names: readonly string[]): readonly Link[] {
  const state = new Map(states.map((state) => [state.name, state]));
  const found = new Map<string, Link>();
  const look = (name: string): void => {
    if (found.has(name)) return;
    const link = readOne(machine, name, state.get(name));
    found.set(name, link);
    for (const other of [...link.below, ...(link.master === undefined ? [] : [link.master])]) look(other);
  };
  for (const name of names) look(name);
  return [...found.values()];
}

/** None but those of the kernel's messages. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the same question as on FreeBSD.
export function readLinkStates(_machine: Machine): readonly LinkState[] {
  return [];
}

function readOne(machine: Machine, name: string, state: LinkState | undefined): Link {
  const entries = listFolder(machine, `${folder}/${name}`);
  const hasDevice = entries.includes('device');
  return {
    name,
    kind: kindOf(state),
    isSynthetic: hasDevice && existsBelow(machine, `${folder}/${name}/device/device_id`),
    hasDevice,
    master: state === undefined || state.master === '' ? undefined : state.master,
    below: entries.flatMap((entry) => (entry.startsWith('lower_') ? [entry.slice('lower_'.length)] : [])),
  };
}

/** A veth may be the only way out of the machine, if that is a container: its name has to decide. */
function kindOf(state: LinkState | undefined): string {
  return state === undefined || state.kind === 'veth' ? '' : state.kind;
}
