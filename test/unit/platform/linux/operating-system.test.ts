import { describe, expect, it } from 'vitest';
import { readDistribution, readKernel } from '../../../../src/platform/linux/operating-system.ts';
import { fakeMachine } from '../fake-machine.ts';

describe('on Linux', () => {
  it('the kernel is the one of uname(3)', () => {
    expect(readKernel(fakeMachine({}))).toEqual({ name: 'Uname', release: '1.2.3-4-uname', processor: 'uname64' });
  });

  it.each([
    ['Debian', 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n', 'Debian GNU/Linux', '12'],
    ['Ubuntu, the version whole', 'NAME="Ubuntu"\nVERSION_ID="22.04"\n', 'Ubuntu', '22.04'],
    ['Fedora, without quotes', 'NAME=Fedora\nVERSION_ID=40\n', 'Fedora', '40'],
    ['Gentoo, single quotes', "NAME='Gentoo'\nVERSION_ID='2.15'\n", 'Gentoo', '2.15'],
    ['Arch, without a version', 'NAME="Arch Linux"\nID=arch\n', 'Arch Linux', ''],
    ['a byte order mark before it', '\uFEFFNAME=Alpine\nVERSION_ID=3.20\n', 'Alpine', '3.20'],
    ['a file that says nothing', '', 'Linux', ''],
  ])('os-release names the distribution: %s', (_case, text, name, majorVersion) => {
    const machine = fakeMachine({ files: { '/etc/os-release': text } });
    expect(readDistribution(machine)).toEqual({ name, majorVersion, minorVersion: '' });
  });

  it('os-release of /etc goes before the one of /usr/lib', () => {
    const files = { '/usr/lib/os-release': 'NAME=Vendor\n' };
    expect(readDistribution(fakeMachine({ files })).name).toBe('Vendor');
    expect(readDistribution(fakeMachine({ files: { ...files, '/etc/os-release': 'NAME=Site\n' } })).name).toBe('Site');
  });

  it('a machine without os-release is called Linux', () => {
    expect(readDistribution(fakeMachine({}))).toEqual({ name: 'Linux', majorVersion: '', minorVersion: '' });
  });
});
