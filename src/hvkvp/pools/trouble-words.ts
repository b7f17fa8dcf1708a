import { describeCarried } from '../../message/carried-reply.ts';
import type { Dialect } from '../../message/dialect.ts';
import { PoolNumber } from '../../message/pool.ts';
import type { PoolHealth } from '../../pools/health.ts';
import { carriedLimits } from '../../pools/limits.ts';

/** So many keys azure-init's library takes in the pool that it writes. */
const mostKeysOfAzureInit = 1024;

interface Inspected extends Pick<PoolHealth, 'records' | 'duplicates' | 'troubles'> {
  readonly pool: PoolNumber;
}

/** What programs of hosts and neighbours make of a pool that is not as they want it, a line each. */
export function troubleWords(
  { pool, records, duplicates, troubles }: Inspected,
  { carriedUnits }: Dialect,
): readonly string[] {
  const { sameButForCase, notInXml, changedByDriver, tooLong } = troubles;
  const keys = records - duplicates;
  const phrase = (count: number, subject: string, text: string): readonly string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? subject : `${subject}s`} ${text}`];
  return [
    ...phrase(
      duplicates,
      'record',
      'with the key of an earlier record: PowerShell and azure-init take the last, openvmm and hvkvp get the first, others refuse the whole pool',
    ),
    ...phrase(sameButForCase, 'key', 'differing from another only in case: PowerShell sees one of them'),
    ...phrase(
      tooLong,
      'record',
      `with a key beyond ${carriedLimits.key} or a value beyond ${carriedLimits.value} bytes: the host may see the first part only`,
    ),
    ...(pool === PoolNumber.guest
      ? phrase(
          keys > mostKeysOfAzureInit ? keys : 0,
          'key',
          `of different names: azure-init takes no new one beyond ${mostKeysOfAzureInit.toLocaleString('en')}`,
        )
      : []),
    ...phrase(
      notInXml,
      'record',
      'with a control character, U+FFFE or U+FFFF: programs on hosts may refuse the whole pool',
    ),
    ...(carriedUnits === undefined
      ? []
      : phrase(changedByDriver, 'record', `that the host sees changed: ${describeCarried(carriedUnits)}`)),
  ];
}
