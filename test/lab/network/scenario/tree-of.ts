import { layered } from '../environment/releases.ts';
import { stackOf } from '../stacks/all.ts';
import type { Scenario } from './read.ts';

let last: Promise<unknown> = Promise.resolve();

/** A scenario's Debian, with its stack's packages. One after another: two downloads of the same tree would get in each other's way. */
export async function treeOf({ release, packages, manager }: Scenario): Promise<string> {
  const all = [...(stackOf(manager).packages ?? []), ...packages];
  const tree = last.then(async () => await layered(release, all));
  last = tree.catch(() => undefined);
  return await tree;
}
