import { describe, expect, it } from 'vitest';
import { readDhcpState } from '../../../../src/platform/linux/dhcp-state.ts';
import type { AddressState } from '../../../../src/device/native.ts';
import { platform } from '../../../../src/platform/platform.ts';
import { fakeMachine } from '../fake-machine.ts';

const index = { '/sys/class/net/eth0/ifindex': '2\n', '/sys/class/net/eth1/ifindex': '21\n' };

function usesDhcp(files: Readonly<Record<string, string>>, adapter = 'eth0') {
  const interfaces = { eth0: ['10.0.0.4/24'], eth1: ['10.0.1.4/24'] };
  return readDhcpState(fakeMachine({ files: { ...index, ...files }, interfaces }), adapter);
}

describe('DHCP by systemd-networkd', () => {
  const managed = { '/run/systemd/netif/links/2': 'NETWORK_FILE=/run/systemd/network/10-netplan-eth0.network\n' };

  it('is on while there is a lease', () => {
    expect(usesDhcp({ ...managed, '/run/systemd/netif/leases/2': 'ADDRESS=10.0.0.4\n' })).toBe(true);
  });

  it.each(['yes', 'ipv4', 'true', 'both'])('is on before the lease if the file says DHCP=%s', (value) => {
    const file = { '/run/systemd/network/10-netplan-eth0.network': `[Match]\nName=eth0\n[Network]\nDHCP=${value}\n` };
    expect(usesDhcp({ ...managed, ...file })).toBe(true);
  });

  it.each(['no', 'ipv6', 'false'])('is off if the file says DHCP=%s', (value) => {
    const file = { '/run/systemd/network/10-netplan-eth0.network': `[Network]\nDHCP=${value}\n` };
    expect(usesDhcp({ ...managed, ...file })).toBe(false);
  });

  it('is off for a static address, whatever others would do', () => {
    const file = { '/run/systemd/network/10-netplan-eth0.network': '[Network]\nAddress=10.0.0.4/24\n' };
    expect(usesDhcp({ ...managed, ...file, '/etc/network/interfaces': 'iface eth0 inet dhcp\n' })).toBe(false);
  });

  it('is not told by a file that cannot be read', () => {
    expect(usesDhcp(managed)).toBeUndefined();
  });

  it('is not the business of an interface that it does not manage', () => {
    const unmanaged = { '/run/systemd/netif/links/2': 'ADMIN_STATE=unmanaged\n' };
    const ofIfupdown = { '/etc/network/interfaces': 'iface eth0 inet dhcp\n', '/run/network/ifstate': 'eth0=eth0\n' };
    expect(usesDhcp({ ...unmanaged, ...ofIfupdown })).toBe(true);
  });
});

describe('DHCP by NetworkManager', () => {
  const uuid = '5fb06bd0-0bb0-7ffb-45f1-d6edd65f3e03';
  const running = { '/proc/7/comm': 'NetworkManager\n' };
  const device = `[device]\nmanaged=true\nconnection-uuid=${uuid}\n`;
  const active = { ...running, '/run/NetworkManager/devices/2': device };
  const profile = (method: string) =>
    `[connection]\nid=a\nuuid=${uuid}\n\n[ipv4]\nmethod=${method}\n\n[ipv6]\nmethod=auto\n`;

  it.each(['/etc', '/run', '/usr/lib'])('is on with a profile in %s whose method is auto', (parent) => {
    expect(
      usesDhcp({ ...active, [`${parent}/NetworkManager/system-connections/a.nmconnection`]: profile('auto') }),
    ).toBe(true);
  });

  it.each(['manual', 'disabled', 'shared'])('is off with a profile whose method is %s', (method) => {
    const other = `[connection]\nuuid=0\n[ipv4]\nmethod=auto\n`;
    const files = {
      '/etc/NetworkManager/system-connections/a.nmconnection': other,
      '/etc/NetworkManager/system-connections/b.nmconnection': profile(method),
    };
    expect(usesDhcp({ ...active, ...files })).toBe(false);
  });

  it('is on with a profile that says nothing of IPv4', () => {
    const text = `[connection]\nuuid=${uuid}\ntype=ethernet\n\n[ethernet]\nmtu=1400\n`;
    expect(usesDhcp({ ...active, '/etc/NetworkManager/system-connections/a.nmconnection': text })).toBe(true);
  });

  it('is told by a profile without UUID, for which NetworkManager makes one up from its path', () => {
    const path = '/etc/NetworkManager/system-connections/nouuid.nmconnection';
    const made = device.replace(uuid, '3819b0f0-9bf4-3d6f-9335-104dfef19fee');
    const files = {
      ...running,
      '/run/NetworkManager/devices/2': made,
      [path]: profile('auto').replace(/^uuid.*\n/m, ''),
    };
    expect(usesDhcp(files)).toBe(true);
  });

  it('is told by the lease where the profile cannot be read', () => {
    const leased = (address: string) => ({
      ...running,
      '/run/NetworkManager/devices/2': `${device}\n[dhcp4]\ndhcp4.ip_address=${address}\n`,
    });
    expect(usesDhcp(leased('10.0.0.4'))).toBe(true);
    expect(usesDhcp(leased('10.0.0.5'))).toBeUndefined();
  });

  it('is not told by the profile that NetworkManager makes up for what another program has set', () => {
    const made = `${profile('manual')}\n[.nmmeta]\nnm-generated=true\n`;
    expect(usesDhcp({ ...active, '/run/NetworkManager/system-connections/eth0.nmconnection': made })).toBeUndefined();
  });

  it('is not told by the files that outlive NetworkManager', () => {
    const files = { ...active, '/etc/NetworkManager/system-connections/a.nmconnection': profile('auto') };
    expect(usesDhcp({ ...files, '/proc/7/comm': 'sh\n' })).toBeUndefined();
  });

  it('is told by the ifcfg file where the profile is one', () => {
    const file = { '/etc/sysconfig/network-scripts/ifcfg-eth0': `BOOTPROTO=dhcp\nUUID=${uuid}\n` };
    expect(usesDhcp({ ...active, ...file })).toBe(true);
  });
});

describe('DHCP by ifupdown', () => {
  const interfaces = (text: string, state = 'lo=lo\neth0=eth0\n') => ({
    '/etc/network/interfaces': text,
    '/run/network/ifstate': state,
  });

  it('is told by no stanza that ifupdown has not brought up', () => {
    expect(usesDhcp(interfaces('auto eth0\niface eth0 inet dhcp\n', 'lo=lo\n'))).toBeUndefined();
    expect(usesDhcp({ '/etc/network/interfaces': 'iface eth0 inet dhcp\n' })).toBeUndefined();
  });

  it('is told by the stanza that the adapter was brought up by, and by the one which that extends', () => {
    const text = 'iface eth0 inet static\niface lan inet dhcp\niface office inherits lan\n';
    expect(usesDhcp(interfaces(text, 'eth0=office\n'))).toBe(true);
    expect(usesDhcp(interfaces(text, 'eth0=lan 1\n'))).toBe(true);
  });

  it('is told by no file that nothing includes', () => {
    const files = {
      ...interfaces('source-directory interfaces.d\nsource cfg/*.cfg\niface eth0 inet static\n'),
      '/etc/network/interfaces.d/eth0.bak': 'iface eth0 inet dhcp\n',
      '/etc/network/cfg/.a.cfg': 'iface eth0 inet dhcp\n',
    };
    expect(usesDhcp(files)).toBe(false);
    expect(usesDhcp({ ...files, '/etc/network/cfg/a.cfg': 'iface eth0 inet dhcp\n' })).toBe(true);
  });

  it('is on with a stanza that says so', () => {
    expect(usesDhcp(interfaces('auto lo\niface lo inet loopback\nallow-hotplug eth0\niface eth0 inet dhcp\n'))).toBe(
      true,
    );
  });

  it('is off with a static one, and with DHCP for IPv6 only', () => {
    expect(usesDhcp(interfaces('iface eth0 inet static\n  address 10.0.0.4/24\niface eth0 inet6 dhcp\n'))).toBe(false);
  });

  it('reads included files', () => {
    expect(
      usesDhcp({
        ...interfaces('source /etc/network/interfaces.d/*\n'),
        '/etc/network/interfaces.d/eth0': 'iface eth0 inet dhcp\n',
      }),
    ).toBe(true);
  });

  it('does not take eth10 for eth1, as the stock daemon does', () => {
    expect(usesDhcp(interfaces('iface eth10 inet dhcp\n', 'eth10=eth10\n'), 'eth1')).toBeUndefined();
  });
});

describe('DHCP by an ifcfg file', () => {
  const scripts = { '/etc/sysconfig/network-scripts/network-functions': '', '/var/lock/subsys/network': '' };

  it('is told by no file that strayed to a system without the scripts', () => {
    expect(usesDhcp({ '/etc/sysconfig/network-scripts/ifcfg-eth0': 'BOOTPROTO=dhcp\n' })).toBeUndefined();
  });

  it('is told by the file of the MAC address, whatever it is called', () => {
    const files = {
      ...scripts,
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/etc/sysconfig/network-scripts/ifcfg-eth0.bak': 'DEVICE=eth0\nBOOTPROTO=none\n',
      '/etc/sysconfig/network-scripts/ifcfg-lan': 'HWADDR=00:15:5D:01:02:0A\nBOOTPROTO=dhcp\n',
    };
    expect(usesDhcp(files)).toBe(true);
  });

  it.each(['/etc/sysconfig/network-scripts', '/etc/sysconfig/network'])(
    'is on if BOOTPROTO in %s says so',
    (folder) => {
      for (const value of ['dhcp', '"dhcp"', "'dhcp4'", 'DHCP', 'bootp']) {
        expect(usesDhcp({ ...scripts, [`${folder}/ifcfg-eth0`]: `DEVICE=eth0\nBOOTPROTO=${value}\n` })).toBe(true);
      }
    },
  );

  it.each(['none', 'static', 'dhcp6', ''])('is off if it says %s', (value) => {
    expect(usesDhcp({ ...scripts, '/etc/sysconfig/network-scripts/ifcfg-eth0': `BOOTPROTO=${value}\n` })).toBe(false);
  });
});

describe('DHCP by dhclient', () => {
  const lease = (name: string, address: string) =>
    `lease {\n  interface "${name}";\n  fixed-address ${address};\n  option subnet-mask 255.255.255.0;\n}\n`;

  it('is on if the adapter has the address of its last lease', () => {
    const leases = lease('eth0', '10.0.0.3') + lease('eth0', '10.0.0.4') + lease('eth1', '10.0.1.9');
    expect(usesDhcp({ '/var/lib/dhcp/dhclient.leases': leases })).toBe(true);
    expect(usesDhcp({ '/var/lib/dhcp/dhclient.leases': leases }, 'eth1')).toBeUndefined();
    expect(usesDhcp({ '/var/lib/dhcp/dhclient.eth0.leases': lease('eth0', '10.0.0.4') })).toBe(true);
  });

  it('is not known by a lease that is left over from before a static address', () => {
    expect(
      usesDhcp({ '/var/lib/dhcp/dhclient.eth0.leases': lease('eth0', '10.0.0.4') + lease('eth0', '10.0.0.5') }),
    ).toBeUndefined();
  });
});

describe('DHCP by dhcpcd without a manager', () => {
  /** The head of a server's reply; one byte a character, as UTF-8 keeps it for these. */
  const lease = (...address: readonly number[]) =>
    '\u0001'.repeat(16) + String.fromCharCode(...address) + '\0'.repeat(64);

  it.each(['/var/lib/dhcpcd/eth0.lease', '/var/lib/dhcpcd5/dhcpcd-eth0.lease'])(
    'is on if the adapter has the address in %s',
    (path) => {
      expect(usesDhcp({ [path]: lease(10, 0, 0, 4) })).toBe(true);
      expect(usesDhcp({ [path]: lease(10, 0, 0, 5) })).toBeUndefined();
      expect(usesDhcp({ [path]: lease(10, 0, 0, 4) }, 'eth1')).toBeUndefined();
      expect(usesDhcp({ [path]: 'short' })).toBeUndefined();
    },
  );
});

describe('DHCP by udhcpc', () => {
  const running = (...words: readonly string[]) => ({
    '/proc/7/comm': 'udhcpc\n',
    '/proc/7/cmdline': `${['udhcpc', ...words].join('\0')}\0`,
  });

  it('is on while it runs for the adapter', () => {
    expect(usesDhcp(running('-b', '-i', 'eth0'))).toBe(true);
    expect(usesDhcp(running('-ieth1'), 'eth1')).toBe(true);
    expect(usesDhcp(running('--interface=eth1'), 'eth1')).toBe(true);
    expect(usesDhcp(running())).toBe(true);
  });

  it('is not known of another adapter', () => {
    expect(usesDhcp(running('-i', 'eth10'), 'eth1')).toBeUndefined();
    expect(usesDhcp(running(), 'eth1')).toBeUndefined();
  });
});

describe('DHCP by whoever gives its addresses a lifetime, as wicked and dhcpcd', () => {
  const address: AddressState = {
    link: 'eth0',
    family: 'ipv4',
    address: '10.0.0.4',
    prefixLength: 24,
    isDynamic: true,
    ...{ isTentative: false, isDuplicate: false, isDeprecated: false, isTemporary: false },
  };
  const ask = (addresses: readonly AddressState[], files: Readonly<Record<string, string>> = {}) => {
    const networkState = () => Promise.resolve({ links: [], addresses, defaultRoutes: [] });
    return platform('linux', { ...fakeMachine({ files: { ...index, ...files } }), networkState }).readDhcpState('eth0');
  };

  it('is on while the kernel counts the time', async () => {
    expect(await ask([address])).toBe(true);
  });

  it.each<Partial<AddressState>>([{ isDynamic: false }, { link: 'eth1' }, { family: 'ipv6' }])(
    'is not known by an address of %j',
    async (change) => {
      expect(await ask([{ ...address, ...change }])).toBeUndefined();
    },
  );

  it('is off where the manager says so, since its own addresses may have lifetimes', async () => {
    const files = {
      '/run/systemd/netif/links/2': 'NETWORK_FILE=/run/systemd/network/a.network\n',
      '/run/systemd/network/a.network': '[Network]\nDHCP=no\n',
    };
    expect(await ask([address], files)).toBe(false);
  });
});

it('DHCP is not known of where nobody says so', () => {
  expect(usesDhcp({})).toBeUndefined();
});
