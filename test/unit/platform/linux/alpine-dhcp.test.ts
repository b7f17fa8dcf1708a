import { describe, expect, it } from 'vitest';
import { readDhcpState } from '../../../../src/platform/linux/dhcp-state.ts';
import { fakeMachine } from '../fake-machine.ts';

function usesDhcp(text: string, differences: Readonly<Record<string, string>> = {}) {
  const files = { '/etc/network/interfaces': text, '/run/ifstate': 'lo=lo 1\neth0=eth0 1 explicit\n', ...differences };
  return readDhcpState(fakeMachine({ files }), 'eth0');
}

describe('DHCP by the ifupdown of busybox and ifupdown-ng', () => {
  it('is told by a file of any name, which Debian’s leaves out', () => {
    const main = 'source-directory /etc/network/interfaces.d\n';
    const file = { '/etc/network/interfaces.d/eth0.conf': 'iface eth0 inet dhcp\n' };
    expect(usesDhcp(main, file)).toBe(true);
    expect(usesDhcp(main, { ...file, '/run/network/ifstate': 'eth0=eth0\n' })).toBe(false);
  });

  it.each([
    ['use dhcp', true],
    ['use dns', false],
    ['dhcp-client-id guest', true],
    ['dhcp_client_id guest', false],
    ['dhcp-hostname guest', false],
    ['vendor alpine', true],
    ['inherit lan', true],
  ])('is told by ifupdown-ng’s own form, and by what that extends: %j is %j', (option, isOn) => {
    expect(usesDhcp(`template lan\n\tuse dhcp\n\ninterface eth0\n\t${option}\n`)).toBe(isOn);
  });

  it('is told by one stanza of several', () => {
    expect(usesDhcp('iface eth0\n\taddress 2001:db8::4/64\n\niface eth0 inet dhcp\n')).toBe(true);
  });
});
