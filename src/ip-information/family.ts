import type { IpFamily } from '../platform/adapter.ts';
import { type IpAddress, parseRange, type Subnet } from './parse.ts';

/** Those of one family. */
export function ofFamily<T extends IpAddress>(family: IpFamily, addresses: readonly T[]): readonly T[] {
  return addresses.filter((one) => one.family === family);
}

/** Of a text that is an address, with or without a prefix length. */
export function familyOf(text: string): IpFamily {
  return text.includes(':') ? 'ipv6' : 'ipv4';
}

/** "10.0.0.4/24". */
export function cidr({ address, prefixLength }: Subnet): string {
  return `${address}/${prefixLength}`;
}

/** "10.0.0.4/24" in the notation of {@link cidr}, so that equal ones are equal texts; undefined for all else. */
export function normalisedCidr(text: string): string | undefined {
  const range = parseRange(text);
  return range && cidr(range);
}
