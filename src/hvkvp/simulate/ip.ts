import type { System } from '../../message/dialect.ts';
import { AddressFamily, familyBits, type IpValue } from '../../message/ip-value.ts';
import { platform } from '../../platform/platform.ts';
import { CommandError } from './words.ts';

/** The MAC of the adapter that leads out of this machine, or of any other; undefined if there is none. */
export async function firstAdapter(system: System): Promise<string | undefined> {
  const guest = platform(system);
  const adapters = await guest.readAdapters();
  const [route] = await guest.readDefaultRoutes('ipv4');
  const adapter = adapters.find(({ name }) => name === route?.adapter) ?? adapters[0];
  return adapter?.mac.toUpperCase();
}

/** The MAC of the adapter with a GUID, by which a host asks for what it has. Throws {@link CommandError} if there is none. */
export async function macOf(guid: string, system: System): Promise<string> {
  const plain = (text: string): string => text.replaceAll(/[{}]/g, '').toLowerCase();
  const adapters = await platform(system).readAdapters();
  const adapter = adapters.find((each) => each.guid !== undefined && plain(each.guid) === plain(guid));
  if (adapter === undefined) throw new CommandError(`no adapter here has the GUID ${guid}`);
  return adapter.mac.toUpperCase();
}

/** What SET_IP_INFO carries, from words such as "dhcp" or "addresses=192.0.2.1;192.0.2.2". */
export function ipValueOf(adapterId: string, settings: readonly string[]): IpValue {
  const nothing = { addresses: '', subnets: '', gateways: '', dnsServers: '' };
  const addressFamily = familiesOf(listsOf(settings).get('addresses') ?? '');
  return changedIpValue({ adapterId, addressFamily, dhcpEnabled: false, ...nothing }, settings);
}

/** The setting by which callers change what the guest reported, and send it back. */
export const echo = 'echo';

/** The same, but for what is said: "dhcp=off" as well. */
export function changedIpValue(value: IpValue, settings: readonly string[]): IpValue {
  const lists = listsOf(settings);
  const family = lists.get('family');
  return {
    adapterId: value.adapterId,
    addressFamily: family === undefined ? value.addressFamily : familyNamed(family),
    dhcpEnabled: lists.has('dhcp') ? lists.get('dhcp') !== 'off' : value.dhcpEnabled,
    addresses: lists.get('addresses') ?? value.addresses,
    subnets: lists.get('subnets') ?? value.subnets,
    gateways: lists.get('gateways') ?? value.gateways,
    dnsServers: lists.get('dns') ?? value.dnsServers,
  };
}

function listsOf(settings: readonly string[]): ReadonlyMap<string, string> {
  return new Map(settings.filter((setting) => setting !== echo).map(splitSetting));
}

const names = ['family', 'dhcp', 'addresses', 'subnets', 'gateways', 'dns'];

function splitSetting(setting: string): readonly [name: string, list: string] {
  const [name = '', list = ''] = setting.split('=');
  if (!names.includes(name)) throw new CommandError(`unknown setting '${name}'; try ${names.join(', ')}`);
  return [name, list];
}

function familyNamed(name: string): number {
  const [, bits] = Object.entries(familyBits).find(([each]) => each === name) ?? [];
  if (bits === undefined) throw new CommandError(`unknown family '${name}'; try ipv4, ipv6, both or none`);
  return bits;
}

function familiesOf(addresses: string): number {
  const entries = addresses.split(';').filter(Boolean);
  const has = (mark: string): boolean => entries.some((entry) => entry.includes(mark));
  return (has('.') ? AddressFamily.ipv4 : AddressFamily.none) | (has(':') ? AddressFamily.ipv6 : AddressFamily.none);
}
