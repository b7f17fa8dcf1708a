import { backEndsOf } from '../ip-information/backends/all.ts';
import { Deadline } from '../ip-information/deadline.ts';
import { findBackEnd } from '../ip-information/detect.ts';
import type { InjectionSettings } from '../ip-information/injection-settings.ts';
import { readState } from '../ip-information/state.ts';
import type { Adapter } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';

export interface IpShowOptions {
  readonly platform: Platform;
  readonly machine: Machine;
  readonly settings: InjectionSettings;
  readonly write: (text: string) => void;
}

/** Prints what each adapter has, and which back end would change it. */
export async function ipShow(options: IpShowOptions): Promise<void> {
  const adapters = await options.platform.readAdapters();
  const blocks = await Promise.all(adapters.map((adapter) => describeAdapter(adapter, options)));
  options.write(blocks.join('\n'));
}

async function describeAdapter(adapter: Adapter, { platform, machine, settings }: IpShowOptions): Promise<string> {
  const backEnds = backEndsOf(platform.system, settings);
  const backEnd = await findBackEnd(settings.backEnd, backEnds, adapter, machine, new Deadline(0));
  const { dhcp, addresses, gateways } = await readState(platform, adapter.name);
  const rows = [
    ['MAC', adapter.mac],
    ['GUID', adapter.guid ?? 'none: no synthetic adapter of Hyper-V'],
    ['back end', backEnd?.name ?? 'none'],
    ['DHCP', dhcp ? 'yes' : 'no'],
    ['addresses', [...addresses.ipv4, ...addresses.ipv6].join(' ')],
    ['gateways', gateways.join(' ')],
    ['DNS', (await platform.readNameServers(adapter.name)).join(' ')],
  ] as const;
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${adapter.name}\n${rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd()).join('\n')}\n`;
}
