import { describe, expect, it } from 'vitest';
import { parseNameServers, readResolverConfiguration } from '../../../src/platform/resolver-configuration.ts';
import { fakeMachine } from './fake-machine.ts';

describe('readResolverConfiguration', () => {
  it('reads every server once, and no comment', () => {
    const text =
      '# nameserver 9.9.9.9\n;nameserver 9.9.9.9\nsearch a.b\nnameserver\t10.0.0.1\n nameserver fe80::1%eth0\nnameserver 10.0.0.1 # x\n';
    const machine = fakeMachine({ files: { '/etc/resolv.conf': text } });
    expect(readResolverConfiguration(machine, '/etc/resolv.conf')).toEqual(['10.0.0.1', 'fe80::1']);
  });

  it('knows none without the file', () => {
    expect(readResolverConfiguration(fakeMachine({}), '/etc/resolv.conf')).toEqual([]);
  });
});

describe('parseNameServers', () => {
  it.each([
    ['1.1.1.1', '1.1.1.1'],
    ['1.1.1.1#one.one.one.one', '1.1.1.1'],
    ['1.1.1.1:5353', '1.1.1.1'],
    ['1.1.1.1:853#one.one.one.one', '1.1.1.1'],
    ['2606:4700::1111', '2606:4700::1111'],
    ['2606:4700::1111#one.one.one.one', '2606:4700::1111'],
    ['[2606:4700::1111]:853#one.one.one.one', '2606:4700::1111'],
    ['fe80::1%2', 'fe80::1'],
    ['[fe80::1%eth0]:53', 'fe80::1'],
  ])('finds the address in %s', (text, address) => {
    expect(parseNameServers([text])).toEqual([address]);
  });

  it.each(['', 'localhost', '1.1.1', '1.1.1.256', ':::', '[', '#'])('finds none in %j', (text) => {
    expect(parseNameServers([text])).toEqual([]);
  });
});
