import { type Machine, readBytes } from '../platform/machine.ts';
import type { Command, Plan, PlannedFile } from './plan.ts';

/** What a plan would write and run, as a shell's transcript with the lines of files that go and come. */
export function describePlan({ before, files, commands }: Plan, machine: Machine): string {
  return [
    ...before.map(commandLine),
    ...files.flatMap((file) => fileLines(file, machine)),
    ...commands.map(commandLine),
  ].join('\n');
}

function commandLine({ program, args }: Command): string {
  return `$ ${[program, ...args.map(quoted)].join(' ')}`;
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function fileLines({ path, text, mode }: PlannedFile, machine: Machine): readonly string[] {
  const former = readBytes(machine, path);
  if (text === undefined || (former ?? null) === text) return [];
  const heading = [
    former === undefined ? '--- /dev/null' : `--- ${path}`,
    text === null ? '+++ /dev/null' : `+++ ${path} (${mode.toString(8).padStart(4, '0')})`,
  ];
  return [...heading, ...changedLines(linesOf(former ?? ''), linesOf(text ?? ''))];
}

/** Lines that both begin or end with are left out; those between are shown as gone and come. */
function changedLines(former: readonly string[], next: readonly string[]): readonly string[] {
  const start = commonLength(former, next);
  const end = commonLength(former.slice(start).reverse(), next.slice(start).reverse());
  return [
    ...former.slice(start, former.length - end).map((line) => `-${line}`),
    ...next.slice(start, next.length - end).map((line) => `+${line}`),
  ];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const first = one.findIndex((line, index) => line !== other[index]);
  return first < 0 ? one.length : first;
}

function linesOf(text: string): readonly string[] {
  const shown = Buffer.from(text, 'latin1').toString();
  return shown === '' ? [] : shown.replace(/\n$/, '').split('\n');
}
