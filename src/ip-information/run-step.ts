import type { Machine } from '../platform/machine.ts';
import type { Command } from './plan.ts';
import { runOutside } from './run-outside.ts';

/** Runs one command of a plan; how it failed, undefined if it did not. */
export async function runStep(
  { program, args, judgedBy = 'status' }: Command,
  timeoutMs: number,
  machine: Machine,
): Promise<string | undefined> {
  const { status, errors } = await runOutside(program, args, timeoutMs, machine);
  if (judgedBy === 'nothing') return undefined;
  if (status === 0 && (judgedBy === 'status' || errors.trim() === '')) return undefined;
  const [firstLine] = errors.trim().split('\n');
  return `${[program, ...args].join(' ')}: ${status === undefined ? 'failed' : `status ${status}`}: ${firstLine ?? ''}`;
}
