import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../environment/environment.ts';

const folders = [join(checkout, 'test/lab/network/scenarios'), join(checkout, '../shared/injection/scenarios')];

/** Every scenario: this project's own, and those in a folder beside the checkout, if it is there. */
export function scenarioFiles(): readonly string[] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .toSorted()
        .map((name) => join(folder, name)),
    );
}
