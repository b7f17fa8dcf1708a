import type { RankedAddress } from '../../auto-keys/address-order.ts';
import { reportedAddressesNow } from '../../auto-keys/network-addresses.ts';
import type { AddressSettings } from '../../auto-keys/report-settings.ts';
import { backEndsOf } from '../../ip-information/backends/all.ts';
import { Deadline } from '../../ip-information/deadline.ts';
import { findBackEnd } from '../../ip-information/detect.ts';
import type { InjectionSettings } from '../../ip-information/injection-settings.ts';
import { type Owner, ownerOf } from '../../ip-information/owner.ts';
import { readState } from '../../ip-information/state.ts';
import type { Adapter, IpFamily } from '../../platform/adapter.ts';
import type { Machine } from '../../platform/machine.ts';
import type { Platform } from '../../platform/platform.ts';
import { columns } from '../columns.ts';
import { type Output, writeJson } from '../output.ts';

export interface IpShowOptions {
  readonly platform: Platform;
  readonly machine: Machine;
  readonly settings: InjectionSettings;
  readonly output: Output;
}

/** An adapter as `--json` shows it. */
interface ShownAdapter {
  readonly name: string;
  readonly mac: string;
  readonly guid: string | null;
  /** The bridge, bond or team whose port it is, and whose addresses these are. */
  readonly port_of: string | null;
  readonly back_end: string | null;
  readonly connected: boolean;
  readonly dhcp: boolean;
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dns_servers: readonly string[];
}

/** What the automatic keys say, in their order. */
type Reported = Readonly<Record<IpFamily, readonly RankedAddress[]>>;

/** Prints what each adapter has, and which back end would change it; then the addresses that are reported to the host, the first of them first. */
export async function ipShow({
  report,
  ...options
}: IpShowOptions & { readonly report: AddressSettings }): Promise<void> {
  const { platform, machine, output } = options;
  const [adapters, network] = await Promise.all([platform.readAdapters(), platform.readNetwork()]);
  const shown = await Promise.all(
    adapters.map((adapter) => show(adapter, ownerOf(adapter, adapters, network), options)),
  );
  const reported: Reported = {
    ipv4: await reportedAddressesNow(machine, platform, 'ipv4', report),
    ipv6: await reportedAddressesNow(machine, platform, 'ipv6', report),
  };
  if (output.json) {
    writeJson(output, { adapters: shown, reported: { ipv4: named(reported.ipv4), ipv6: named(reported.ipv6) } });
  } else output.write([...shown.map(describe), describeReported(reported)].join('\n'));
}

/** An address, and whose it is. */
function named(addresses: readonly RankedAddress[]): readonly object[] {
  return addresses.map(({ address, adapter }) => ({ address, interface: adapter }));
}

/** A port of a bridge, bond or team has what its master has. */
async function show(
  adapter: Adapter,
  found: Owner,
  { platform, machine, settings }: IpShowOptions,
): Promise<ShownAdapter> {
  const owner = 'owner' in found ? found.owner : adapter;
  const backEnds = backEndsOf(platform.system, settings);
  const backEnd = await findBackEnd(settings.backEnd, backEnds, owner, machine, new Deadline(0));
  const { dhcp, addresses, gateways, dnsServers, isDisconnected } = await readState(platform, owner.name);
  return {
    name: adapter.name,
    mac: adapter.mac,
    guid: adapter.guid ?? null,
    port_of: owner.name === adapter.name ? null : owner.name,
    back_end: backEnd?.name ?? null,
    connected: !isDisconnected,
    dhcp: dhcp ?? false,
    addresses: addresses.map(({ cidr }) => cidr),
    gateways,
    dns_servers: dnsServers,
  };
}

function describe({ name, mac, guid, dhcp, addresses, gateways, ...rest }: ShownAdapter): string {
  const rows = [
    ['MAC', mac],
    ['GUID', guid ?? 'none: no synthetic adapter of Hyper-V'],
    ...(rest.port_of === null ? [] : [['port of', rest.port_of] as const]),
    ['back end', rest.back_end ?? 'none'],
    ...(rest.connected ? [] : [['connected', 'no; the configuration applies once it is connected'] as const]),
    ['DHCP', dhcp ? 'yes' : 'no'],
    ['addresses', addresses.join(' ')],
    ['gateways', gateways.join(' ')],
    ['DNS', rest.dns_servers.join(' ')],
  ] as const;
  const lines = columns(rows);
  return `${name}\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function describeReported({ ipv4, ipv6 }: Reported): string {
  const list = (addresses: readonly RankedAddress[]): string =>
    addresses.map(({ address, adapter }) => `${address} (${adapter})`).join(' ');
  return `reported to the host\n${`  IPv4  ${list(ipv4)}`.trimEnd()}\n${`  IPv6  ${list(ipv6)}`.trimEnd()}\n`;
}
