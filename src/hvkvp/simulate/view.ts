import type { IpValue } from '../../message/ip-value.ts';
import { PoolNumber } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { Status, statusNames } from '../../message/status.ts';
import type { HostRecord } from '../../simulator/host-reply.ts';
import { gap, inColumns } from '../columns.ts';
import { wrapped } from '../display-width.ts';
import { asWords } from '../quantities.ts';

/** One pool as the host sees it. */
export interface PoolView {
  readonly pool: PoolNumber;
  readonly records: readonly HostRecord[];
}

const poolTitles: Readonly<Record<PoolNumber, readonly string[]>> = {
  [PoolNumber.external]: ['0 external', 'host → guest'],
  [PoolNumber.guest]: ['1 guest', 'guest → host'],
  [PoolNumber.auto]: ['2 auto', 'guest → host'],
  [PoolNumber.autoExternal]: ['3 host facts', 'host → guest'],
  [PoolNumber.autoInternal]: ['4 unused'],
};

const widest = 100;
const poolWidth = 16;
const nameWidth = 30;
const narrowestValue = 10;

/** What Hyper-V Manager or PowerShell shows of a guest: pool, name, value. */
export function poolTable(pools: readonly PoolView[]): string {
  return table(['Pool', 'Name', 'Value'], [poolWidth, nameWidth], pools.map(poolRows));
}

/** The title stands beside the first records. */
function poolRows({ pool, records }: PoolView): Row[] {
  const shown = records.length === 0 ? [{ key: '(empty)', value: '' }] : records;
  const title = poolTitles[pool];
  return Array.from({ length: Math.max(title.length, shown.length) }, (_, at) => [
    title[at] ?? '',
    printable(shown[at]?.key ?? ''),
    printable(shown[at]?.value ?? ''),
  ]);
}

/** An adapter's settings, an entry of a list a line. */
export function ipTable(value: IpValue): string {
  const entries = (list: string): string => printable(list).split(';').filter(Boolean).join('\n');
  const rows = [
    ['Adapter', printable(value.adapterId)],
    ['DHCP', value.dhcpEnabled ? 'on' : 'off'],
    ['Addresses', entries(value.addresses)],
    ['Subnets', entries(value.subnets)],
    ['Gateways', entries(value.gateways)],
    ['DNS servers', entries(value.dnsServers)],
  ];
  return table(['Setting', 'Value'], [poolWidth], [rows]);
}

/** A status in the host's notation, with its meaning if it has a known one. */
export function describeStatus(status: number): string {
  const name = nameOf(status);
  return name === undefined ? inHexadecimal(status) : `${inHexadecimal(status)} (${asWords(name)})`;
}

/** A status for programs: its name in our protocols if it has one. */
export function statusWord(status: number): string {
  return nameOf(status) ?? inHexadecimal(status);
}

function nameOf(status: number): string | undefined {
  return statusNames.find((name) => Status[name] === status);
}

function inHexadecimal(status: number): string {
  return `0x${status.toString(16).padStart(8, '0')}`;
}

type Row = readonly string[];

/** A table with a rule between groups of rows, as wide as the terminal, within reason. */
function table(head: Row, firstWidths: readonly number[], groups: readonly (readonly Row[])[]): string {
  const width = Math.min(process.stdout.columns || widest, widest);
  const first = firstWidths.reduce((sum, each) => sum + each + gap.length, 0);
  const widths = [...firstWidths, Math.max(width - first, narrowestValue)];
  const rule = widths.map((each) => '─'.repeat(each));
  const rows = [head, ...groups.flatMap((group) => [rule, ...group])].flatMap((row) => linesOf(row, widths));
  return rows.map((row) => inColumns(row, widths)).join('\n');
}

/** A row as the lines that its longest cell takes. */
function linesOf(row: Row, widths: readonly number[]): readonly Row[] {
  const cells = row.map((cell, at) => wrapped(cell, widths[at] ?? widest));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => cells.map((cell) => cell[line] ?? ''));
}
