import { poolNamed as findPool, type PoolNumber } from '../../message/pool.ts';
import type { HostValue } from '../../simulator/host-request.ts';

/** A command that cannot be understood. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A command with too few words. */
export class MissingWord extends CommandError {}

const word = /"([^"]*)"|'([^']*)'|(\S+)/g;

/** The words of a line; quotes keep blanks together. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(word)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}

/** A word that must be there; throws {@link MissingWord}. */
export function given(text: string | undefined): string {
  if (text === undefined) throw new MissingWord('missing argument');
  return text;
}

/** A pool by its number or its name. */
export function poolNamed(name: string): PoolNumber {
  const pool = findPool(name);
  if (pool === undefined) throw new CommandError(`unknown pool '${name}'`);
  return pool;
}

/** POOL KEY VALUE [--type u32|u64]. */
export function parseSet(words: readonly string[]): { pool: PoolNumber; key: string; value: HostValue } {
  const at = words.indexOf('--type');
  const type = at < 0 ? undefined : given(words[at + 1]);
  const [pool, key, text] = words.filter((_, index) => at < 0 || index < at || index > at + 1);
  return { pool: poolNamed(given(pool)), key: given(key), value: typedValue(given(text), type) };
}

const u32Bits = 32;
const u64Bits = 64;

function typedValue(text: string, type: string | undefined): HostValue {
  switch (type) {
    case undefined:
      return text;
    case 'u32':
      return { u32: Number(parseUnsigned(text, u32Bits)) };
    case 'u64':
      return { u64: parseUnsigned(text, u64Bits) };
    default:
      throw new CommandError(`unknown type '${type}'; try u32 or u64`);
  }
}

function parseUnsigned(text: string, bits: number): bigint {
  const number = /^\d+$/.test(text) ? BigInt(text) : undefined;
  if (number === undefined || BigInt.asUintN(bits, number) !== number) {
    throw new CommandError(`'${text}' is not an unsigned number of ${bits} bits`);
  }
  return number;
}
