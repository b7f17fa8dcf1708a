import { describe, expect, it, vi } from 'vitest';
import { readDistribution, readKernel } from '../../../../src/platform/freebsd/operating-system.ts';
import { fakeMachine } from '../fake-machine.ts';

function machineOf(release: string) {
  const commands = { 'sysctl -n kern.ostype kern.osrelease hw.machine': `FreeBSD\n${release}\namd64\n` };
  return fakeMachine({ commands });
}

describe('on FreeBSD', () => {
  it('the kernel is the one of sysctl(8), since uname(3) speaks of an emulated one to a Node for Linux', async () => {
    expect(await readKernel(machineOf('14.1-RELEASE-p3'))).toEqual({
      name: 'FreeBSD',
      release: '14.1-RELEASE-p3',
      processor: 'amd64',
    });
  });

  it('the kernel is asked for once', async () => {
    const machine = machineOf('14.1-RELEASE');
    const run = vi.fn(machine.run);
    const counting = { ...machine, run };
    await Promise.all([readKernel(counting), readKernel(counting), readDistribution(counting)]);
    expect(run).toHaveBeenCalledOnce();
  });

  it.each([
    ['14.1-RELEASE-p3', '14', '1'],
    ['15.0-CURRENT', '15', '0'],
    ['13.2-STABLE', '13', '2'],
    ['unheard-of', '', ''],
  ])('%s is version %s, %s', async (release, majorVersion, minorVersion) => {
    expect(await readDistribution(machineOf(release))).toEqual({ name: 'FreeBSD', majorVersion, minorVersion });
  });

  it.each(['', 'FreeBSD\n', 'a\nb\nc\nd\n'])(
    'the kernel is the one of uname(3) where sysctl(8) prints %j',
    async (output) => {
      const machine = fakeMachine({ commands: { 'sysctl -n kern.ostype kern.osrelease hw.machine': output } });
      expect(await readKernel(machine)).toEqual(machine.kernel());
    },
  );
});
