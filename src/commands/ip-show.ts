import { backEndsOf } from '../ip-information/backends/all.ts';
import { Deadline } from '../ip-information/deadline.ts';
import { findBackEnd } from '../ip-information/detect.ts';
import type { InjectionSettings } from '../ip-information/injection-settings.ts';
import { readState } from '../ip-information/state.ts';
import type { Adapter } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import { type Output, writeJson } from './output.ts';

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
  readonly back_end: string | null;
  readonly dhcp: boolean;
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dns_servers: readonly string[];
}

/** Prints what each adapter has, and which back end would change it. */
export async function ipShow(options: IpShowOptions): Promise<void> {
  const { platform, output } = options;
  const shown = await Promise.all((await platform.readAdapters()).map((adapter) => show(adapter, options)));
  if (output.json) writeJson(output, shown);
  else output.write(shown.map(describe).join('\n'));
}

async function show(adapter: Adapter, { platform, machine, settings }: IpShowOptions): Promise<ShownAdapter> {
  const backEnds = backEndsOf(platform.system, settings);
  const backEnd = await findBackEnd(settings.backEnd, backEnds, adapter, machine, new Deadline(0));
  const { dhcp, addresses, gateways } = await readState(platform, adapter.name);
  return {
    name: adapter.name,
    mac: adapter.mac,
    guid: adapter.guid ?? null,
    back_end: backEnd?.name ?? null,
    dhcp,
    addresses: [...addresses.ipv4, ...addresses.ipv6],
    gateways,
    dns_servers: await platform.readNameServers(adapter.name),
  };
}

function describe({ name, mac, guid, dhcp, addresses, gateways, ...rest }: ShownAdapter): string {
  const rows = [
    ['MAC', mac],
    ['GUID', guid ?? 'none: no synthetic adapter of Hyper-V'],
    ['back end', rest.back_end ?? 'none'],
    ['DHCP', dhcp ? 'yes' : 'no'],
    ['addresses', addresses.join(' ')],
    ['gateways', gateways.join(' ')],
    ['DNS', rest.dns_servers.join(' ')],
  ] as const;
  const width = Math.max(...rows.map(([title]) => title.length));
  return `${name}\n${rows.map(([title, text]) => `  ${title.padEnd(width)}  ${text}`.trimEnd()).join('\n')}\n`;
}
