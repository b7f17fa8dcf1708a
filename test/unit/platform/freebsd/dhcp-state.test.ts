import { describe, expect, it } from 'vitest';
import { readDhcpState } from '../../../../src/platform/freebsd/dhcp-state.ts';
import { fakeMachine } from '../fake-machine.ts';

const lease = 'lease {\n  interface "hn0";\n  fixed-address 10.0.0.4;\n  option routers 10.0.0.1;\n}\n';

function usesDhcp(configuration: string, files: Readonly<Record<string, string>> = {}) {
  const commands = { 'sysrc -i ifconfig_hn0 ifconfig_DEFAULT': configuration };
  return readDhcpState(fakeMachine({ commands, files, interfaces: { hn0: ['10.0.0.4/24'] } }), 'hn0');
}

describe('DHCP on FreeBSD', () => {
  it.each(['DHCP', 'SYNCDHCP', 'NOSYNCDHCP', 'SYNCDHCP mtu 1400', 'dhcp', 'up WPA DHCP'])(
    'is on with %s',
    async (value) => {
      expect(await usesDhcp(`ifconfig_hn0: ${value}\n`)).toBe(true);
    },
  );

  it.each(['inet 10.0.0.4 netmask 255.255.255.0', 'up', ''])(
    'is off with "%s", whatever the default',
    async (value) => {
      expect(await usesDhcp(`ifconfig_hn0: ${value}\nifconfig_DEFAULT: DHCP\n`)).toBe(false);
    },
  );

  it('is on by default for an interface that is not configured', async () => {
    expect(await usesDhcp('ifconfig_DEFAULT: SYNCDHCP\n')).toBe(true);
  });

  it('does not take hn10 for hn1, as the stock daemon does', async () => {
    expect(await usesDhcp('ifconfig_hn01: DHCP\n')).toBeUndefined();
  });

  it('is told by the lease where rc.conf says nothing', async () => {
    expect(await usesDhcp('', { '/var/db/dhclient.leases.hn0': lease })).toBe(true);
    expect(await usesDhcp('', { '/var/db/dhclient.leases.hn0': lease.replace('.4', '.9') })).toBeUndefined();
    expect(await usesDhcp('')).toBeUndefined();
  });

  it('is told by the file that rc(8) reads last, and by sysrc(8) where a shell must expand the value', async () => {
    const office = { '/etc/rc.conf': "ifconfig_hn0='SYNCDHCP mtu 1400' # office\n" };
    expect(await usesDhcp('', office)).toBe(true);
    expect(await usesDhcp('', { ...office, '/etc/rc.conf.d/netif': 'ifconfig_hn0="inet 10.0.0.4/24"\n' })).toBe(false);
    expect(await usesDhcp('ifconfig_hn0: DHCP\n', { '/etc/rc.conf': 'ifconfig_hn0="$common"\n' })).toBe(true);
  });

  it('asks for the variable that rc.subr(8) makes of the name', async () => {
    const machine = fakeMachine({ commands: { 'sysrc -i ifconfig_hn0_5 ifconfig_DEFAULT': 'ifconfig_hn0_5: DHCP\n' } });
    expect(await readDhcpState(machine, 'hn0.5')).toBe(true);
  });
});
