import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../environment/environment.ts';

const own = join(checkout, 'test/lab/network/scenarios');
const beside = join(checkout, '../shared/injection/scenarios');

/** Every scenario: this project's own, and those in a folder beside the checkout, if it is there. */
export function scenarioFiles(): readonly string[] {
  return [own, beside].flatMap(filesIn);
}

/** Those that take the kernel of Debian, in folders below. */
export function guestScenarioFiles(): readonly string[] {
  return [own, beside].map((folder) => join(folder, 'guest')).flatMap(filesIn);
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => join(folder, name));
}
