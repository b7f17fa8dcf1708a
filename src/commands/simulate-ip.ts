import type { System } from '../message/dialect.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import { platform } from '../platform/platform.ts';
import { CommandError } from './simulate-words.ts';

/** The MAC of the adapter that leads out of this machine, or of any other; undefined if there is none. */
export async function firstAdapter(system: System): Promise<string | undefined> {
  const guest = platform(system);
  const adapters = await guest.readAdapters();
  const [route] = await guest.readDefaultRoutes('ipv4');
  const adapter = adapters.find(({ name }) => name === route?.adapter) ?? adapters[0];
  return adapter?.mac.toUpperCase();
}

/** What SET_IP_INFO carries, from words such as "dhcp" or "addresses=192.0.2.1;192.0.2.2". */
export function ipValueOf(adapterId: string, settings: readonly string[]): IpValue {
  const lists = new Map(settings.map((setting) => splitSetting(setting)));
  const list = (name: string): string => lists.get(name) ?? '';
  return {
    adapterId,
    addressFamily: familiesOf(list('addresses')),
    dhcpEnabled: lists.has('dhcp'),
    addresses: list('addresses'),
    subnets: list('subnets'),
    gateways: list('gateways'),
    dnsServers: list('dns'),
  };
}

const names = ['dhcp', 'addresses', 'subnets', 'gateways', 'dns'];

function splitSetting(setting: string): readonly [name: string, list: string] {
  const [name = '', list = ''] = setting.split('=');
  if (!names.includes(name)) throw new CommandError(`there is no setting '${name}'; try ${names.join(', ')}`);
  return [name, list];
}

function familiesOf(addresses: string): number {
  const entries = addresses.split(';').filter(Boolean);
  const has = (mark: string): boolean => entries.some((entry) => entry.includes(mark));
  return (has('.') ? AddressFamily.ipv4 : AddressFamily.none) | (has(':') ? AddressFamily.ipv6 : AddressFamily.none);
}
