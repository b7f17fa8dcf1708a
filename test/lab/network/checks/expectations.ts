import assert from 'node:assert/strict';
import { Status } from '../../../../src/message/status.ts';
import { type KernelView, kernelView } from './kernel-view.ts';
import type { Lab } from './lab.ts';
import { mask, removalBeside, requestFor, type Wish } from './wish.ts';

export const mac = '00:15:5D:01:02:0A';

/** What the DHCP server gives. */
const leased = { prefix: '198.51.100.1', gateway: '198.51.100.1' };

/** The host asks, the guest says that it is done; the family that the wish has nothing of goes by a request of its own. */
export async function apply(lab: Lab, wish: Wish): Promise<void> {
  assert.deepEqual(await lab.simulator.host.setIpInfo(requestFor(wish)), { status: Status.ok }, 'SET_IP_INFO');
  const removal = removalBeside(wish, (await kernelView(lab.environment)).addresses);
  if (removal === undefined) return;
  assert.deepEqual(await lab.simulator.host.setIpInfo(removal), { status: Status.ok }, 'SET_IP_INFO of no address');
}

/** The kernel has what was asked for, and GET_IP_INFO answers it. */
export async function assertHas(lab: Lab, wish: Wish): Promise<void> {
  assertIs(await kernelView(lab.environment), wish);
  const { status, value } = await lab.simulator.host.getIpInfo(mac);
  assert.equal(status, Status.ok, 'GET_IP_INFO');
  assert.ok(value);
  assert.equal(value.dhcpEnabled, wish.dhcp, 'the DHCP state of GET_IP_INFO');
  // Those of an earlier request stay where a wish has none.
  if (wish.dnsServers.length > 0) assert.deepEqual(entries(value.dnsServers), wish.dnsServers.toSorted());
  if (wish.dhcp) {
    assert.notEqual(value.dnsServers, '', 'the DNS servers of GET_IP_INFO');
    assert.ok(value.addresses.startsWith(leased.prefix), value.addresses);
    assert.deepEqual(entries(value.gateways), [leased.gateway]);
    return;
  }
  const subnets = value.subnets.split(';');
  const answered = value.addresses.split(';').map((address, index) => `${address} ${subnets[index] ?? ''}`);
  const wanted = wish.addresses.map((address) => `${address.replace(/\/.*/, '')} ${mask(address)}`);
  assert.deepEqual(answered.filter((entry) => !entry.startsWith('fe80:')).sort(), wanted.sort(), 'of GET_IP_INFO');
  assert.deepEqual(entries(value.gateways), wish.gateways.toSorted(), 'of GET_IP_INFO');
}

/** As `assertHas`, once the manager has come so far. */
export async function eventuallyHas(lab: Lab, wish: Wish): Promise<void> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      await assertHas(lab, wish);
      return;
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || performance.now() > end) throw error;
    }
  }
}

const patienceMs = 10_000;

function assertIs(view: KernelView, wish: Wish): void {
  if (wish.dhcp) {
    assert.deepEqual(view.gateways, [leased.gateway], 'of the kernel');
    const [address = '', ...more] = view.addresses;
    assert.ok(address.startsWith(leased.prefix) && more.length === 0, view.addresses.join(' '));
    return;
  }
  const wanted = { addresses: wish.addresses.toSorted(), gateways: wish.gateways.toSorted() };
  assert.deepEqual(view, wanted, 'of the kernel');
}

function entries(list: string): readonly string[] {
  return list.split(';').filter(Boolean).sort();
}
