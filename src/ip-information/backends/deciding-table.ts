import { mainTable } from '../../platform/network.ts';
import type { Proposal } from '../propose.ts';

/** The number of the routing table that decides for an adapter. */
export type DecidingTable = Pick<Proposal, 'vrfTable'>;

export function decidingTable({ vrfTable = mainTable }: DecidingTable): string {
  return String(vrfTable);
}

/** Whether a route that says this of its table, if it does, is in the one that decides. */
export function isDeciding(table: string | undefined, of: DecidingTable): boolean {
  return table === undefined || table === decidingTable(of) || (table === 'main' && of.vrfTable === undefined);
}
