import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';
import { Status } from '../../../../src/message/status.ts';
import { guid, mac } from './ip-information.ts';
import type { Lab } from './lab.ts';
import { ownFile, startNetworkd } from './networkd.ts';

/** What the host injects becomes the adapter's, by a real network manager. */
export async function checkIpInjection(lab: Lab): Promise<void> {
  await lab.check('systemd-networkd takes over what the adapter has', async () => {
    await startNetworkd();
    await assertHas(lab, former);
  });
  await checkChange(lab, 'a static IPv4 address, a gateway and two DNS servers', staticIpv4);
  await checkRefusals(lab, staticIpv4);
  await checkChange(lab, 'a static IPv6 address, beside it', staticIpv6);
  await checkChange(lab, 'both families again, as at the start', former);
}

/** What this takes of a lab. */
type Injected = Pick<Lab, 'check' | 'host'>;

/** Addresses that are set and set back, where the adapter is systemd-networkd's already. */
export async function checkChangeAndBack(lab: Injected, how = 'by the helper'): Promise<void> {
  await checkChange(lab, `a static IPv4 address, ${how}`, staticIpv4);
  await checkChange(lab, `the former addresses, ${how}`, former);
}

async function checkChange(lab: Injected, what: string, wish: Wish): Promise<void> {
  await lab.check(`SET_IP_INFO: ${what}; the kernel has it and GET_IP_INFO answers it`, async () => {
    assert.deepEqual(await lab.host.setIpInfo({ ...wish.value, ...wish.request }), { status: Status.ok });
    await assertHas(lab, wish);
  });
}

async function checkRefusals(lab: Lab, present: Wish): Promise<void> {
  const refusals = [
    ['an adapter that is not there', { adapterId: '{1e0fbaa4-6d2c-4b7c-8a3f-526c1d9e0478}' }, Status.guidNotFound],
    ['an address that is none', { addresses: '192.0.2.256;2001:db8::10' }, Status.invalidArgument],
  ] as const;

  for (const [what, wrong, status] of refusals) {
    const hresult = `0x${status.toString(hexadecimal)}`;
    await lab.check(`SET_IP_INFO of ${what} is refused with ${hresult} and changes nothing`, async () => {
      const before = await stat(ownFile);
      assert.deepEqual(await lab.host.setIpInfo({ ...former.value, ...wrong }), { status });
      await assertHas(lab, present);
      const after = await stat(ownFile);
      assert.deepEqual([after.ino, after.mtimeMs], [before.ino, before.mtimeMs]);
    });
  }
}

const hexadecimal = 16;

/** What GET_IP_INFO answers after a request, and what the kernel shall have then. */
interface Wish {
  /** What the request says otherwise: of one family, it leaves the other. */
  readonly request?: Pick<IpValue, 'addressFamily' | 'addresses' | 'subnets' | 'gateways'>;
  readonly value: IpValue;
  readonly kernel: KernelView;
}

const staticIpv4: Wish = {
  request: {
    addressFamily: AddressFamily.ipv4,
    addresses: '198.51.100.20',
    subnets: '255.255.255.128',
    gateways: '198.51.100.1;',
  },
  value: {
    adapterId: guid,
    addressFamily: AddressFamily.ipv4 | AddressFamily.ipv6,
    dhcpEnabled: false,
    addresses: '198.51.100.20;2001:db8::10',
    subnets: '255.255.255.128;/64',
    gateways: '198.51.100.1;2001:db8::1;',
    dnsServers: '198.51.100.53;203.0.113.54;',
  },
  kernel: { addresses: ['198.51.100.20/25', '2001:db8::10/64'], gateways: ['198.51.100.1', '2001:db8::1'] },
};

const staticIpv6: Wish = {
  request: {
    addressFamily: AddressFamily.ipv6,
    addresses: '2001:db8:0:1::20',
    subnets: '/64',
    gateways: '2001:db8:0:1::1;',
  },
  value: {
    adapterId: guid,
    addressFamily: AddressFamily.ipv4 | AddressFamily.ipv6,
    dhcpEnabled: false,
    addresses: '198.51.100.20;2001:db8:0:1::20',
    subnets: '255.255.255.128;/64',
    gateways: '198.51.100.1;2001:db8:0:1::1;',
    dnsServers: '2001:db8:0:1::53;',
  },
  kernel: {
    addresses: ['198.51.100.20/25', '2001:db8:0:1::20/64'],
    gateways: ['198.51.100.1', '2001:db8:0:1::1'],
  },
};

/** What the guest has from its start. */
const former: Wish = {
  value: {
    adapterId: guid,
    addressFamily: AddressFamily.ipv4 | AddressFamily.ipv6,
    dhcpEnabled: false,
    addresses: '192.0.2.10;2001:db8::10',
    subnets: '255.255.255.0;/64',
    gateways: '192.0.2.1;2001:db8::1;',
    dnsServers: '192.0.2.53;2001:db8::53;',
  },
  kernel: { addresses: ['192.0.2.10/24', '2001:db8::10/64'], gateways: ['192.0.2.1', '2001:db8::1'] },
};

async function assertHas({ host }: Injected, { value, kernel }: Wish): Promise<void> {
  assert.deepEqual(await kernelView(), kernel, 'the kernel has something else');
  const reply = await host.getIpInfo(mac);
  assert.ok(reply.value, `GET_IP_INFO answers ${reply.status}`);
  assert.deepEqual(withoutLinkLocal(reply.value), { ...value, adapterId: mac }, 'GET_IP_INFO answers something else');
}

/** Without the link-local address that comes by itself, the last one. */
function withoutLinkLocal(value: IpValue): IpValue {
  const addresses = value.addresses.split(';').filter((address) => !address.startsWith('fe80:'));
  const subnets = value.subnets.split(';').slice(0, addresses.length);
  const families = subnets.map((mask) => (mask.startsWith('/') ? AddressFamily.ipv6 : AddressFamily.ipv4));
  const addressFamily = families.reduce<number>((bits, family) => bits | family, AddressFamily.none);
  return { ...value, addressFamily, addresses: addresses.join(';'), subnets: subnets.join(';') };
}

/** What the kernel says of eth0, IPv4 first. */
interface KernelView {
  /** With their prefix lengths, without link-local ones. */
  readonly addresses: readonly string[];
  /** Of the default routes. */
  readonly gateways: readonly string[];
}

/** The part of the output of `ip -json` that matters here. */
interface Link {
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number; readonly scope: string }[];
}
interface Route {
  readonly gateway?: string;
}

async function kernelView(): Promise<KernelView> {
  // What `ip` prints.
  const [link] = (await ip('address', 'show', 'dev', 'eth0')) as readonly [Link];
  const ipv4 = (await ip('-4', 'route', 'show', 'default', 'dev', 'eth0')) as readonly Route[];
  const ipv6 = (await ip('-6', 'route', 'show', 'default', 'dev', 'eth0')) as readonly Route[];
  return {
    addresses: link.addr_info
      .filter(({ scope }) => scope === 'global')
      .map(({ local, prefixlen }) => `${local}/${prefixlen}`),
    gateways: [...ipv4, ...ipv6].flatMap(({ gateway }) => gateway ?? []),
  };
}

async function ip(...question: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)('ip', ['-json', ...question]);
  return JSON.parse(stdout || '[]');
}
