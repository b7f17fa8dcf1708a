import { describe, expect, it } from 'vitest';
import { readNameServers } from '../../../src/platform/linux/name-servers.ts';
import { fakeMachine } from '../fake-machine.ts';

const index = { '/sys/class/net/eth0/ifindex': '2\n', '/sys/class/net/eth1/ifindex': '3\n' };
const stub = { '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0 trust-ad\n' };
const resolved = { '/run/systemd/resolve/resolv.conf': 'nameserver 10.0.0.1\nnameserver 10.0.0.2\n' };
const link = {
  '/run/systemd/netif/links/2':
    '# This is private data. Do not parse.\nADMIN_STATE=configured\nDNS=10.0.2.1 10.0.2.2\n',
};

function serversOf(adapter: string, files: Readonly<Record<string, string>>) {
  return readNameServers(fakeMachine({ files: { ...index, ...files } }), adapter);
}

describe('the name servers of an adapter on Linux', () => {
  it('are those of resolv.conf', () => {
    expect(serversOf('eth0', { '/etc/resolv.conf': 'nameserver 10.0.0.1\nnameserver 2001:db8::53\n' })).toEqual([
      '10.0.0.1',
      '2001:db8::53',
    ]);
  });

  it('are those behind the stub of systemd-resolved, not the stub', () => {
    expect(serversOf('eth0', { ...stub, ...resolved })).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('are those behind the dnsmasq that NetworkManager runs', () => {
    const files = {
      '/etc/resolv.conf': 'nameserver 127.0.1.1\n',
      '/run/NetworkManager/no-stub-resolv.conf': 'nameserver 10.0.0.9\n',
    };
    expect(serversOf('eth0', files)).toEqual(['10.0.0.9']);
  });

  it('are the local ones where no others are known', () => {
    expect(serversOf('eth0', { '/etc/resolv.conf': 'nameserver 127.0.0.1\nnameserver ::1\n' })).toEqual([
      '127.0.0.1',
      '::1',
    ]);
  });

  it('are its own where systemd-networkd knows them', () => {
    expect(serversOf('eth0', { ...stub, ...resolved, ...link })).toEqual(['10.0.2.1', '10.0.2.2']);
    expect(serversOf('eth1', { ...stub, ...resolved, ...link })).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('are those that a program gave systemd-resolved for it before those of systemd-networkd', () => {
    const given = { '/run/systemd/resolve/netif/2': 'LLMNR=yes\nSERVERS=10.0.7.1 2001:db8::7#dns.example\n' };
    expect(serversOf('eth0', { ...stub, ...resolved, ...link, ...given })).toEqual(['10.0.7.1', '2001:db8::7']);
  });

  it('are none where nothing is configured', () => {
    expect(serversOf('eth0', {})).toEqual([]);
  });
});
