import { isUtf8 } from 'node:buffer';
import type { KeyAndValue } from './pool.ts';
import { carriedLimits, checkLimits, type RecordLimits } from './limits.ts';

/** A key or value that no record can hold so that its readers see the same. */
export class InvalidText extends Error {
  override readonly name = 'InvalidText';
}

/** Throws {@link InvalidText} or TooLong for what we do not write, though neighbours might. */
export function checkRecord(record: KeyAndValue, limits: RecordLimits = carriedLimits): void {
  checkKey(record.key);
  checkText('value', record.value);
  checkLimits(record, limits);
}

/** The same for a key alone. */
export function checkKey(key: Buffer): void {
  if (key.length === 0) throw new InvalidText('the key is empty');
  checkText('key', key);
}

/** Throws {@link InvalidText} or TooLong only for what would not come out of a pool as it went in. */
export function checkBytes(record: KeyAndValue, limits: RecordLimits): void {
  checkNul('key', record.key);
  checkNul('value', record.value);
  checkLimits(record, limits);
}

function checkText(what: keyof KeyAndValue, bytes: Buffer): void {
  checkNul(what, bytes);
  if (!isUtf8(bytes)) throw new InvalidText(`the ${what} is not valid UTF-8`);
}

function checkNul(what: keyof KeyAndValue, bytes: Buffer): void {
  if (bytes.includes(0)) throw new InvalidText(`the ${what} contains a NUL, which ends a text in a pool`);
}
