import type { Proposal } from '../../propose.ts';
import { mergedSettings, type NetplanFile } from './files.ts';
import type { Parts } from './parts.ts';
import { editRoutes } from './routes.ts';
import { isEqual, isMap, listAt, mapAt, type TreeMap } from './yaml-tree.ts';

/** Where a file says something, and what. */
export interface Place {
  readonly file: NetplanFile;
  /** Of keys. */
  readonly path: readonly string[];
  readonly settings: TreeMap;
}

/** What the files say of the VRFs that have this adapter alone: the routes of its table may stand there. */
export function vrfsOf(files: readonly NetplanFile[], id: string): readonly Place[] {
  const kind = 'vrfs';
  const hasItAlone = (vrf: string): boolean =>
    isEqual(listAt(mapAt(mergedSettings(files, { kind, id: vrf })), 'interfaces'), [id]);
  return files.flatMap((file) =>
    Object.entries(mapAt(file.tree, 'network', kind)).flatMap(([vrf, settings]) =>
      isMap(settings) && hasItAlone(vrf) ? [{ file, path: ['network', kind, vrf], settings }] : [],
    ),
  );
}

/** A request's gateways stand with the adapter, through which they lead; one of the VRF's would stay beside them. */
export function withoutGateways(parts: Parts, proposal: Proposal): Parts {
  const told = { ...proposal, gone: [], first: undefined };
  return proposal.families.reduce((own, family) => editRoutes(own, family, [], told), parts);
}
