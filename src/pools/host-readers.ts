import { carriedRecord } from '../message/carried-reply.ts';
import type { Dialect } from '../message/dialect.ts';
import { carriedLimits } from './limits.ts';
import type { KeyAndValue } from './pool.ts';
import { keyText } from './record.ts';

// What programs of hosts make of records. Windows hands each one on as XML, which has no control characters but tab, line feed and
// carriage return, which a reader makes a line feed, and neither U+FFFE nor U+FFFF; PowerShell ignores case.

const control = /[^\P{Cc}\t\n\r]/u;
const notInXml = /[\ufffe\uffff]/u;

/** The first control character in a text for which readers may refuse the whole pool, as "U+0007"; undefined if there is none. */
export function controlIn(text: Buffer): string | undefined {
  return firstOf(control, text);
}

/** The same for the two other characters that XML cannot carry. */
export function noncharacterIn(text: Buffer): string | undefined {
  return firstOf(notInXml, text);
}

function firstOf(pattern: RegExp, text: Buffer): string | undefined {
  const [found] = pattern.exec(text.toString()) ?? [];
  return found && `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A key as those see it who are blind to case: each character by itself, so that ß is not SS. */
export function caselessKey(key: Buffer): string {
  return Array.from(key.toString(), (character) => {
    const upper = character.toUpperCase();
    return upper.length === character.length ? upper : character;
  }).join('');
}

/** How many records of a pool hosts see otherwise than they are stored, or not at all. */
export interface HostTroubles {
  /** Records whose key differs only in case from that of one before them. */
  readonly sameButForCase: number;
  /** Records with a character that XML cannot carry. */
  readonly notInXml: number;
  /** Records that the system's driver cannot carry as they are. */
  readonly changedByDriver: number;
  /** Records with a key or value of more bytes than surely reach the host. */
  readonly tooLong: number;
}

export const noTroubles: HostTroubles = { sameButForCase: 0, notInXml: 0, changedByDriver: 0, tooLong: 0 };

/** Looks through all records of a pool. */
export function hostTroubles(records: readonly KeyAndValue[], dialect: Dialect): HostTroubles {
  const keys = new Set(records.map(({ key }) => keyText(key)));
  const caseless = new Set([...keys].map((key) => caselessKey(Buffer.from(key, 'latin1'))));
  const hasOdd = ({ key, value }: KeyAndValue): boolean =>
    [key, value].some((text) => controlIn(text) !== undefined || noncharacterIn(text) !== undefined);
  return {
    sameButForCase: keys.size - caseless.size,
    notInXml: records.filter(hasOdd).length,
    changedByDriver: records.filter((record) => carriedRecord(record, dialect) !== record).length,
    tooLong: records.filter(({ key, value }) => key.length > carriedLimits.key || value.length > carriedLimits.value)
      .length,
  };
}
