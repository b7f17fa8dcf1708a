import { existsBelow, type Machine, readText } from '../../machine.ts';

/** Debian's, and that of busybox and ifupdown-ng. */
const paths = ['/run/network/ifstate', '/run/ifstate'] as const;

/** What ifupdown has brought up: logical interfaces by physical ones. Undefined where it has not run since the start. */
export function readUp(machine: Machine): ReadonlyMap<string, string> | undefined {
  const text = paths.map((path) => readText(machine, path)).find((one) => one !== undefined);
  if (text === undefined) return undefined;
  // ifupdown-ng has a count behind it.
  return new Map(Array.from(text.matchAll(/^([^\s=]+)=(\S+)/gm), ([, name = '', logical = '']) => [name, logical]));
}

/** Whether what has run since the start is another ifupdown than Debian's. */
export function isUpByAnother(machine: Machine): boolean {
  return paths.find((path) => existsBelow(machine, path)) === '/run/ifstate';
}
