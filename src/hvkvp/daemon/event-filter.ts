import type { ControlEvent } from '../../control/protocol.ts';
import type { PoolNumber } from '../../message/pool.ts';
import type { StatusName } from '../../message/status.ts';
import { matchesGlob } from '../../platform/glob.ts';

/** Which transactions are wanted; what is undefined says nothing. */
export interface EventFilter {
  readonly operation?: readonly string[] | undefined;
  readonly pool?: PoolNumber | undefined;
  /** A key, or a pattern of keys. */
  readonly key?: string | undefined;
  readonly status?: readonly StatusName[] | undefined;
}

/** Whether an event is wanted. Whatever is not a transaction always is: it says why none comes. */
export function isWanted(event: ControlEvent, { operation, pool, key, status }: EventFilter): boolean {
  if (event.type !== 'transaction') return true;
  const own = 'pool' in event ? event : undefined;
  return (
    (operation?.includes(event.operation) ?? true) &&
    (status?.includes(event.status) ?? true) &&
    (pool === undefined || own?.pool === pool) &&
    (key === undefined || own?.key === key || matchesGlob(own?.key ?? '', key))
  );
}
