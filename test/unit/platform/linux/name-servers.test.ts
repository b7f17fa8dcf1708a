import { describe, expect, it } from 'vitest';
import { readNameServers } from '../../../../src/platform/linux/name-servers.ts';
import { fakeMachine } from '../fake-machine.ts';

const index = { '/sys/class/net/eth0/ifindex': '2\n', '/sys/class/net/eth1/ifindex': '3\n' };
const stub = { '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\n' };
const resolved = { '/run/systemd/resolve/resolv.conf': 'nameserver 10.0.0.1\nnameserver 10.0.0.2\n' };
const link = {
  '/run/systemd/netif/links/2':
    '# This is private data. Do not parse.\nADMIN_STATE=configured\nDNS=10.0.2.1 10.0.2.2\n',
};

function serversOf(
  adapter: string,
  files: Readonly<Record<string, string>>,
  commands: Readonly<Record<string, string>> = {},
) {
  return readNameServers(fakeMachine({ files: { ...index, ...files }, commands }), adapter);
}

describe('the name servers of an adapter on Linux', () => {
  it('are those of resolv.conf', async () => {
    expect(await serversOf('eth0', { '/etc/resolv.conf': 'nameserver 10.0.0.1\nnameserver 2001:db8::53\n' })).toEqual([
      '10.0.0.1',
      '2001:db8::53',
    ]);
  });

  it('are those behind the stub of systemd-resolved, not the stub', async () => {
    expect(await serversOf('eth0', { ...stub, ...resolved })).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('are those behind the dnsmasq that NetworkManager runs', async () => {
    const files = {
      '/etc/resolv.conf': 'nameserver 127.0.1.1\n',
      '/run/NetworkManager/no-stub-resolv.conf': 'nameserver 10.0.0.9\n',
    };
    expect(await serversOf('eth0', files)).toEqual(['10.0.0.9']);
  });

  it('are the local ones where no others are known', async () => {
    expect(await serversOf('eth0', { '/etc/resolv.conf': 'nameserver 127.0.0.1\nnameserver ::1\n' })).toEqual([
      '127.0.0.1',
      '::1',
    ]);
  });

  it('are its own where systemd-networkd knows them', async () => {
    expect(await serversOf('eth0', { ...stub, ...resolved, ...link })).toEqual(['10.0.2.1', '10.0.2.2']);
    expect(await serversOf('eth1', { ...stub, ...resolved, ...link })).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it("are systemd-networkd's also where nothing has filled resolv.conf, but never in place of what that names", async () => {
    expect(await serversOf('eth0', link)).toEqual(['10.0.2.1', '10.0.2.2']);
    expect(await serversOf('eth0', { ...link, '/etc/resolv.conf': 'nameserver 10.0.0.1\n' })).toEqual(['10.0.0.1']);
  });

  it('are those that a program gave systemd-resolved for it before those of systemd-networkd', async () => {
    const given = { '/run/systemd/resolve/netif/2': 'LLMNR=yes\nSERVERS=10.0.7.1 2001:db8::7#dns.example\n' };
    expect(await serversOf('eth0', { ...stub, ...resolved, ...link, ...given })).toEqual(['10.0.7.1', '2001:db8::7']);
  });

  describe('by NetworkManager', () => {
    const files = {
      '/proc/7/comm': 'NetworkManager\n',
      '/run/NetworkManager/devices/1': '[device]\nconnection-uuid=lo\n',
      '/run/NetworkManager/devices/2': '[device]\nconnection-uuid=a\n',
      '/run/NetworkManager/devices/3': '[device]\nconnection-uuid=b\n',
      '/etc/resolv.conf': 'nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.1.0.1\nnameserver 2001:db8::53\n',
    };
    const commands = {
      'nmcli --get-values IP4.DNS,IP6.DNS device show eth0': '10.0.0.1 | 10.0.0.2\n2001\\:db8\\:\\:53\n',
      'nmcli --get-values IP4.DNS,IP6.DNS device show eth1': '10.1.0.1\n\n',
    };

    it('are its own where several adapters have some', async () => {
      expect(await serversOf('eth0', files, commands)).toEqual(['10.0.0.1', '10.0.0.2', '2001:db8::53']);
      expect(await serversOf('eth1', files, commands)).toEqual(['10.1.0.1']);
    });

    it('are those of resolv.conf where that has others', async () => {
      const own = { ...files, '/etc/resolv.conf': 'nameserver 10.9.0.1\n' };
      expect(await serversOf('eth0', own, commands)).toEqual(['10.9.0.1']);
    });

    it('are those of resolv.conf once NetworkManager has been stopped', async () => {
      const all = ['10.0.0.1', '10.0.0.2', '10.1.0.1', '2001:db8::53'];
      expect(await serversOf('eth0', { ...files, '/proc/7/comm': 'sh\n' }, commands)).toEqual(all);
    });
  });

  it('are none where nothing is configured', async () => {
    expect(await serversOf('eth0', {})).toEqual([]);
  });
});
