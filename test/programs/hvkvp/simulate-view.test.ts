import { describe, expect, it } from 'vitest';
import { describeStatus, ipTable, poolTable } from '../../../src/hvkvp/simulate/view.ts';

describe('the host’s view', () => {
  it('shows pools, names and values in a table of at most 100 columns', () => {
    const records = [
      { key: 'Owner', value: 'Grace Hopper 👋' },
      { key: 'Long', value: 'v'.repeat(300) },
    ];
    const lines = poolTable([
      { pool: 0, records },
      { pool: 1, records: [] },
    ]).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.join('\n')).toMatch(/─\n0 external +Owner +Grace Hopper 👋\nhost → guest +Long +v+\n +v+\n/);
    expect(lines.join('\n')).toMatch(/─\n1 guest +\(empty\)\n/);
  });

  it('shows an adapter’s lists an entry a line', () => {
    const value = {
      adapterId: '00:15:5D:01:02:0A',
      addressFamily: 3,
      dhcpEnabled: true,
      addresses: '192.0.2.1;2001:db8::1',
      subnets: '',
      gateways: '192.0.2.254;',
      dnsServers: '',
    };
    expect(ipTable(value)).toMatch(/Addresses +192\.0\.2\.1\n +2001:db8::1\n/);
  });

  it('tells a status in the host’s notation, with its meaning if there is one', () => {
    expect(describeStatus(0x80070103)).toBe('0x80070103 (no more items)');
    expect(describeStatus(1)).toBe('0x00000001');
  });
});
