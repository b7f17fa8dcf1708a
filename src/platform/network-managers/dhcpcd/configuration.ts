import { matchesGlob } from '../../glob.ts';
import { existsBelow, type Machine, readBytes } from '../../machine.ts';
import { isRunning } from '../../processes.ts';

export const dhcpcdFile = '/etc/dhcpcd.conf';

/** A line of dhcpcd.conf(5) that says something. */
export interface DhcpcdLine {
  readonly start: number;
  readonly end: number;
  readonly option: string;
  readonly value: string;
  /** Whose block it is in; "" before all of them. */
  readonly block: string;
}

/** Those that begin a block, up to the next one. */
const heads: readonly string[] = ['interface', 'ssid', 'profile', 'arping'];

export function dhcpcdLines(text: string): readonly DhcpcdLine[] {
  let block = '';
  return Array.from(text.matchAll(/^[^\n]*(?:\n|$)/gm)).flatMap(({ 0: raw, index }) => {
    const line = raw.trim();
    const [option = ''] = /^[^\s#;]+/.exec(line) ?? [];
    const value = line.slice(option.length).trimStart();
    if (option === '') return [];
    if (heads.includes(option)) block = `${option} ${value}`;
    return [{ start: index, end: index + raw.length, option, value, block }];
  });
}

/** Whether one dhcpcd has all adapters, this one among them; one that ifupdown starts for one adapter gets its command line. */
export function hasDhcpcd(machine: Machine, adapter: string): boolean {
  const isMaster = ['/run/dhcpcd/pid', '/run/dhcpcd.pid'].some((path) => existsBelow(machine, path));
  if (!isMaster || !isRunning(machine, 'dhcpcd')) return false;
  const lines = dhcpcdLines(readBytes(machine, dhcpcdFile) ?? '');
  const named = (option: string): readonly string[] =>
    lines.filter((line) => line.option === option).flatMap(({ value }) => value.split(/\s+/));
  const isMeant = (pattern: string): boolean => matchesGlob(adapter, pattern);
  const allowed = named('allowinterfaces');
  return !named('denyinterfaces').some(isMeant) && (allowed.length === 0 || allowed.some(isMeant));
}

/** Whether dhcpcd asks for an adapter's IPv4 address; undefined if it does not have the adapter. */
export function dhcpcdUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  if (!hasDhcpcd(machine, adapter)) return undefined;
  const lines = dhcpcdLines(readBytes(machine, dhcpcdFile) ?? '');
  const own = lines.filter(({ block }) => block === '' || block === `interface ${adapter}`);
  return !own.some(({ option, value }) => /^no(dhcp|ipv4)$/.test(option) || /^ip_address\s*=/.test(value));
}

/** Whether dhcpcd leaves /etc/resolv.conf to others. The number that a hook's file has may be left out. */
export function leavesResolver(machine: Machine, adapter: string): boolean {
  return dhcpcdLines(readBytes(machine, dhcpcdFile) ?? '').some(
    ({ option, value, block }) =>
      option === 'nohook' &&
      (block === '' || block === `interface ${adapter}`) &&
      value.split(/[\s,]+/).some((hook) => /^(\d+-)?resolv\.conf$/.test(hook)),
  );
}
