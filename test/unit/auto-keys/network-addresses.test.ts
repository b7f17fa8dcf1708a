import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkAddresses } from '../../../src/auto-keys/network-addresses.ts';
import type { NetworkState } from '../../../src/device/native.ts';
import type { IpFamily } from '../../../src/platform/adapter.ts';
import { platform } from '../../../src/platform/platform.ts';
import { fakeMachine } from '../platform/fake-machine.ts';

function list(
  interfaces: Readonly<Record<string, readonly string[]>>,
  routed: readonly string[] = [],
  family: IpFamily = 'ipv4',
) {
  const readDefaultRoutes = () => routed.map((adapter) => ({ adapter, gateway: undefined }));
  return networkAddresses({ ...platform('linux', fakeMachine({ interfaces })), readDefaultRoutes }, family);
}

describe('the list of network addresses', () => {
  it('has the addresses of one family', () => {
    const interfaces = { eth0: ['10.0.0.4/24', '2001:db8::4/64'], eth1: ['10.0.1.4/24'] };
    expect(list(interfaces)).toBe('10.0.0.4;10.0.1.4');
    expect(list(interfaces, [], 'ipv6')).toBe('2001:db8::4');
    expect(list({ eth0: ['10.0.0.4/24'] }, [], 'ipv6')).toBe('');
  });

  it('begins with the adapter of the best default route', () => {
    const interfaces = { eth0: ['192.168.0.4/24'], eth1: ['10.0.1.4/24', '10.0.1.5/24'], eth2: ['10.0.2.4/24'] };
    expect(list(interfaces, ['eth1', 'eth2'])).toBe('10.0.1.4;10.0.1.5;10.0.2.4;192.168.0.4');
  });

  it('does not begin with a docker bridge, as the stock daemon makes it', () => {
    const interfaces = { docker0: ['172.17.0.1/16'], 'br-0123456789ab': ['172.18.0.1/16'], eth0: ['10.0.0.4/24'] };
    expect(list(interfaces)).toBe('10.0.0.4;172.17.0.1;172.18.0.1');
    expect(list(interfaces, ['eth0'])).toBe('10.0.0.4;172.17.0.1;172.18.0.1');
  });

  it.each([
    'virbr0',
    'veth12ab',
    'cni0',
    'cni-podman0',
    'flannel.1',
    'lxcbr0',
    'lxdbr0',
    'podman1',
    'cali123',
    'vboxnet0',
    'epair0a',
  ])('ends with %s', (bridge) => {
    expect(list({ [bridge]: ['10.88.0.1/16'], zeth: ['10.0.0.4/24'] })).toBe('10.0.0.4;10.88.0.1');
  });

  it('begins with a bridge after all if the default route leads through it', () => {
    expect(list({ eth1: ['10.0.1.4/24'], 'br-lan': ['10.0.0.4/24'] }, ['br-lan'])).toBe('10.0.0.4;10.0.1.4');
  });

  it('ends with link-local addresses, even those of the adapter of the default route', () => {
    const interfaces = {
      eth0: ['fe80::1/64', '2001:db8::1/64', '169.254.7.7/16'],
      docker0: ['fd00::1/64', '172.17.0.1/16'],
    };
    expect(list(interfaces, ['eth0'], 'ipv6')).toBe('2001:db8::1;fd00::1;fe80::1');
    expect(list(interfaces, ['eth0'])).toBe('172.17.0.1;169.254.7.7');
  });

  it('never has the loopback, as the stock daemon for FreeBSD makes it', () => {
    expect(list({ lo: ['127.0.0.1/8', '::1/128'] })).toBe('');
  });

  it('has once what several have', () => {
    expect(list({ eth0: ['fe80::1/64'], 'eth0.5': ['fe80::1/64', '2001:db8::5/64'] }, [], 'ipv6')).toBe(
      '2001:db8::5;fe80::1',
    );
  });

  it('does not begin with the adapter of a VRF or of a policy because of the default route in their tables', () => {
    const mainTable = 254;
    const flags = { isTentative: false, isDuplicate: false, isDeprecated: false, isTemporary: false, isDynamic: false };
    const own = (link: string, address: string) =>
      ({ link, family: 'ipv4', address, prefixLength: 24, ...flags }) as const;
    const route = (link: string, table: number, metric: number) =>
      ({ link, family: 'ipv4', gateway: '10.0.0.1', table, metric }) as const;
    const networkState = (): NetworkState => ({
      links: ['eth0', 'eth1', 'eth2'].map(
        (name) => ({ name, kind: '', master: '', permanentMac: '', isUp: true, hasCarrier: true }) as const,
      ),
      addresses: [own('eth2', '10.0.2.4'), own('eth1', '10.0.1.4'), own('eth0', '10.0.0.4')],
      defaultRoutes: [route('eth2', 10, 1), route('eth1', 51_820, 2), route('eth0', mainTable, 100)],
    });
    expect(networkAddresses({ ...platform('linux', fakeMachine({})), networkState }, 'ipv4')).toBe(
      '10.0.0.4;10.0.2.4;10.0.1.4',
    );
  });

  it('leaves out whole addresses where the driver would cut one in two', async () => {
    const driversLimit = 1022;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.ipV4().filter(isListed)), async (addresses) => {
        const text = await list({ eth0: addresses.map((address) => `${address}/24`) });
        const isWhole = text === addresses.join(';');
        const next = addresses[text.split(';').length] ?? '';
        expect(`${addresses.join(';')};`.startsWith(text === '' ? '' : `${text};`)).toBe(true);
        expect(text.length).toBeLessThanOrEqual(driversLimit);
        expect(isWhole || `${text};${next}`.length > driversLimit).toBe(true);
      }),
      { examples: [[Array.from({ length: 120 }, (_, index) => `100.100.100.${100 + index}`)]] },
    );
  });
});

function isListed(address: string): boolean {
  return !address.startsWith('127.') && !address.startsWith('169.254.') && address !== '0.0.0.0';
}
