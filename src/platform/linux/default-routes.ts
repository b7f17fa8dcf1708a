import type { DefaultRoute, IpFamily } from '../adapter.ts';
import { isAddress, shortest } from '../address-form.ts';
import { type Machine, readText } from '../machine.ts';

/** The default routes of the kernel's main table, best first. */
export function readDefaultRoutes(machine: Machine, family: IpFamily): readonly DefaultRoute[] {
  const { path, toAnywhere, parse } = tables[family];
  const lines = readText(machine, path)?.match(toAnywhere) ?? [];
  return lines
    .map((line) => parse(line.trim().split(/\s+/)))
    .filter(isDefault)
    .sort((one, other) => one.metric - other.metric)
    .map(({ adapter, gateway }) => ({ adapter, gateway: addressText(gateway, family) }));
}

/** A line of a table; gateway and mask in hexadecimal. */
interface Route {
  readonly adapter: string;
  readonly mask: string;
  readonly gateway: string;
  readonly flags: number;
  readonly metric: number;
}

interface Table {
  readonly path: string;
  /** The lines whose destination is all zeros; of the others there is one for each address. */
  readonly toAnywhere: RegExp;
  readonly parse: (columns: readonly string[]) => Route;
  /** The notation of an address that the kernel prints as a row of digits; not the shortest. */
  readonly notation: (hex: string) => string;
}

const tables: Readonly<Record<IpFamily, Table>> = {
  ipv4: {
    path: '/proc/net/route',
    toAnywhere: /^\S+\t0+\t.*$/gm,
    parse: ([adapter = '', , gateway = '', flags, , , metric, mask = '']) => {
      return { adapter, mask, gateway, flags: Number(`0x${flags}`), metric: Number(metric) };
    },
    // One number in the processor's byte order, which is little-endian wherever Hyper-V runs.
    notation: (hex) => Array.from(Buffer.from(hex, 'hex').reverse()).join('.'),
  },
  ipv6: {
    path: '/proc/net/ipv6_route',
    toAnywhere: /^0+ .*$/gm,
    parse: ([, mask = '', , , gateway = '', metric, , , flags, adapter = '']) => {
      return { adapter, mask, gateway, flags: Number(`0x${flags}`), metric: Number(`0x${metric}`) };
    },
    notation: (hex) => hex.replace(/.{4}(?!$)/g, '$&:'),
  },
};

/** RTF_REJECT in <linux/route.h>: what such a route leads to is said to be unreachable. */
const rejectFlag = 0x200;

function isDefault({ mask, flags }: Route): boolean {
  return isZero(mask) && (flags & rejectFlag) === 0;
}

function isZero(hex: string): boolean {
  return /^0+$/.test(hex);
}

function addressText(hex: string, family: IpFamily): string | undefined {
  const address = tables[family].notation(hex);
  return isZero(hex) || !isAddress(address) ? undefined : shortest(address, family);
}
