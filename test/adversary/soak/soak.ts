import { inspect } from 'node:util';
import type { SimulatedGuest } from '../../../src/hvkvp/simulate/guest.ts';
import type { SoakModel } from './model.ts';
import type { SeededRandom } from './random.ts';
import type { StalledClient } from './stalled-client.ts';

/** A guest, what its pools must hold, what chooses, and who stands by. */
export interface Soak {
  readonly guest: SimulatedGuest;
  readonly model: SoakModel;
  readonly random: SeededRandom;
  readonly stalledClient: StalledClient;
}

/** An answer, or anything else, that is not what the model says. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

const shownLength = 200;
const unlimited = { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity } as const;

/** Throws {@link WrongAnswer}. */
export function expectEqual(what: string, found: unknown, expected: unknown): void {
  const [foundText, expectedText] = [inspect(found, unlimited), inspect(expected, unlimited)];
  if (foundText === expectedText) return;
  const shown = `${foundText.slice(0, shownLength)} in place of ${expectedText.slice(0, shownLength)}`;
  throw new WrongAnswer(`${what}: ${shown}`);
}
