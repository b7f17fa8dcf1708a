import { availableParallelism } from 'node:os';
import type { Tally } from '../guest/checks/outcomes.ts';
import { type GuestOptions, runGuest } from './guest.ts';

/** Boots guests beside each other, one a processor of this machine: what they do, they do one thing after the other. */
export async function runGuests(guests: readonly GuestOptions[]): Promise<Tally[]> {
  const left = [...guests];
  const tallies: Tally[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) tallies.push(await runGuest(next));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return tallies;
}
