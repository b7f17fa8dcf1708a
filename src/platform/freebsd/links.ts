import type { LinkState } from '../../device/native.ts';
import type { Link } from '../adapter.ts';
import type { Machine } from '../machine.ts';
import { kindOf } from '../network-managers/ifconfig.ts';

export { readLinkStates } from '../network-managers/ifconfig.ts';

/** By their names; what is above and below whom they do not say. */
export function readLinks(_machine: Machine, _states: readonly LinkState[], names: readonly string[]): readonly Link[] {
  return names.map((name) => {
    const kind = kindOf(name);
    return { name, kind, isSynthetic: /^hn\d/.test(name), hasDevice: kind === '', master: undefined, below: [] };
  });
}
