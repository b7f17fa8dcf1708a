import { describe, expect, it } from 'vitest';
import { readDhcpState } from '../../../src/platform/linux/dhcp-state.ts';
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
    expect(usesDhcp({ ...unmanaged, '/etc/network/interfaces': 'iface eth0 inet dhcp\n' })).toBe(true);
  });
});

describe('DHCP by NetworkManager', () => {
  const uuid = '5fb06bd0-0bb0-7ffb-45f1-d6edd65f3e03';
  const active = { '/run/NetworkManager/devices/2': `[device]\nmanaged=true\nconnection-uuid=${uuid}\n` };
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

  it('is told by the ifcfg file where the profile is one', () => {
    const file = { '/etc/sysconfig/network-scripts/ifcfg-eth0': `BOOTPROTO=dhcp\nUUID=${uuid}\n` };
    expect(usesDhcp({ ...active, ...file })).toBe(true);
  });
});

describe('DHCP by ifupdown', () => {
  const interfaces = (text: string) => ({ '/etc/network/interfaces': text });

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
    expect(usesDhcp(interfaces('iface eth10 inet dhcp\n'), 'eth1')).toBeUndefined();
  });
});

describe('DHCP by an ifcfg file', () => {
  it.each(['/etc/sysconfig/network-scripts', '/etc/sysconfig/network'])(
    'is on if BOOTPROTO in %s says so',
    (folder) => {
      for (const value of ['dhcp', '"dhcp"', "'dhcp4'", 'DHCP', 'bootp']) {
        expect(usesDhcp({ [`${folder}/ifcfg-eth0`]: `DEVICE=eth0\nBOOTPROTO=${value}\n` })).toBe(true);
      }
    },
  );

  it.each(['none', 'static', 'dhcp6', ''])('is off if it says %s', (value) => {
    expect(usesDhcp({ '/etc/sysconfig/network-scripts/ifcfg-eth0': `BOOTPROTO=${value}\n` })).toBe(false);
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

it('DHCP is not known of where nobody says so', () => {
  expect(usesDhcp({})).toBeUndefined();
});
