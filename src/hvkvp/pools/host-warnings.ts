import { carriedRecord, describeCarried } from '../../message/carried-reply.ts';
import type { Dialect } from '../../message/dialect.ts';
import { caselessKey, controlIn, noncharacterIn } from '../../pools/host-readers.ts';
import type { KeyAndValue, Pool } from '../../pools/pool.ts';
import { InvalidText } from '../../pools/valid-record.ts';

/** For whom records are written. */
export interface Readers {
  /** Up to what a record stores, rather than what the host surely gets, and what programs of hosts may not be able to read. */
  readonly unsafe: boolean;
  /** Of the driver that carries records to the host. */
  readonly dialect: Dialect;
  readonly warn: (text: string) => void;
}

const fields = ['key', 'value'] as const;

/** Throws {@link InvalidText} for a control character. */
export function checkControls(record: KeyAndValue, remedy: string): void {
  for (const field of fields) {
    const found = controlIn(record[field]);
    if (found === undefined) continue;
    throw new InvalidText(
      `the ${field} has the control character ${found}, so programs on hosts may refuse the whole pool; ${remedy}`,
    );
  }
}

/** A record that is about to be written. */
interface Coming extends KeyAndValue {
  /** In the input, such as "line 3"; undefined if there is only this one. */
  readonly place?: string;
}

/** Warns of what hosts will see differently in records that are about to be written to a pool. */
export function warner(
  pool: Pick<Pool, 'records'>,
  { unsafe, dialect, warn }: Readers,
): (coming: readonly Coming[]) => Promise<void> {
  return async (coming) => {
    const keys = new KeysByCase(unsafe ? [] : await pool.records());
    const judge = (record: KeyAndValue): readonly string[] => [
      ...(unsafe ? [] : [...oddCharacters(record), ...keys.warnings(record.key)]),
      ...carriedOtherwise(record, dialect),
    ];
    const found = coming.flatMap((record) =>
      judge(record).map((text) => (record.place === undefined ? text : `${record.place}: ${text}`)),
    );
    const texts = [...new Set(found)];
    for (const text of texts.slice(0, mostWarnings)) warn(text);
    if (texts.length > mostWarnings) warn(`and ${texts.length - mostWarnings} more`);
  };
}

const mostWarnings = 20;

function oddCharacters(record: KeyAndValue): readonly string[] {
  return fields.flatMap((field) => {
    const found = noncharacterIn(record[field]);
    return [
      ...(found === undefined
        ? []
        : [`the ${field} has ${found}, which XML cannot contain: programs on hosts may refuse the whole pool`]),
      ...(record[field].includes('\r')
        ? [`the ${field} has a carriage return, which programs on hosts replace by a line feed`]
        : []),
    ];
  });
}

/** Of a value nothing is shown, which may be a secret. */
function carriedOtherwise(record: KeyAndValue, dialect: Dialect): readonly string[] {
  const { key, value } = carriedRecord(record, dialect);
  const reason = dialect.carriedUnits && describeCarried(dialect.carriedUnits);
  return [
    ...(key.equals(record.key) ? [] : [`the host will see the key as '${key.toString()}': ${reason ?? ''}`]),
    ...(value.equals(record.value) ? [] : [`the host will see the value changed: ${reason ?? ''}`]),
  ];
}

/** The keys of a pool by what those see who are blind to case. */
class KeysByCase {
  readonly #keys = new Map<string, readonly Buffer[]>();

  constructor(records: readonly KeyAndValue[]) {
    for (const { key } of records) this.#add(key);
  }

  /** Takes one more key; returns one that differs in case only. */
  warnings(key: Buffer): readonly string[] {
    const other = this.#add(key).find((each) => !each.equals(key));
    return other === undefined
      ? []
      : [
          `the pool has the key '${other.toString()}' too, which differs from '${key.toString()}' only in case: ` +
            'PowerShell sees one of the two',
        ];
  }

  /** Returns those that look the same. */
  #add(key: Buffer): readonly Buffer[] {
    const caseless = caselessKey(key);
    const there = this.#keys.get(caseless) ?? [];
    if (there.some((each) => each.equals(key))) return there;
    this.#keys.set(caseless, [...there, key]);
    return there;
  }
}
