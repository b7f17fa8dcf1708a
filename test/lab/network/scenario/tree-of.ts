import { packageLayer, releaseTree } from '../environment/releases.ts';
import { debianTree } from '../environment/tree.ts';
import type { Scenario } from './read.ts';

let last: Promise<unknown> = Promise.resolve();

/** The scenario's Debian, as layers. One after another: two downloads of the same tree would get in each other's way. */
export async function treeOf(scenario: Scenario): Promise<string> {
  const tree = last.then(async () => await layersOf(scenario));
  last = tree.catch(() => undefined);
  return await tree;
}

async function layersOf({ release, packages }: Scenario): Promise<string> {
  const base = release === 'bookworm' ? await debianTree() : await releaseTree(release);
  const layers: string[] = [];
  for (const name of packages) layers.push(await packageLayer(release, name));
  return [...layers, base].join(':');
}
