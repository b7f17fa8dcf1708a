import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArguments, UsageError, usage } from '../../../src/process/arguments.ts';

describe('the command line of hv_kvp_daemon', () => {
  it.each([['-n'], ['--no-daemon']])('stays in the foreground with %s, as the stock daemon', (flag) => {
    expect(parseArguments([flag]).foreground).toBe(true);
    expect(parseArguments([]).foreground).toBe(false);
  });

  it('takes its short options together', () => {
    expect(parseArguments(['-nd'])).toMatchObject({ foreground: true, debug: true });
  });

  it('takes paths', () => {
    const words = ['--config', 'a', '--device', 'b', '--pool-dir', 'c', '--state-dir', 'd', '--control-socket', 'e'];
    const expected = { configuration: 'a', device: 'b', poolDirectory: 'c', stateDirectory: 'd', controlSocket: 'e' };
    const absolute = Object.entries(expected).map(([name, path]) => [name, join(process.cwd(), path)]);
    expect(parseArguments(words)).toMatchObject(Object.fromEntries(absolute));
    expect(parseArguments(['--control-socket', ''])).toMatchObject({ controlSocket: '' });
  });

  it.each([['--colour'], ['--device'], ['stray'], ['--platform=solaris']])('refuses %s', (word) => {
    expect(() => parseArguments([word])).toThrow(UsageError);
  });

  it('is described in full by the usage, but for what is hidden', () => {
    const told = [...usage.matchAll(/--([a-z-]+)/g)].map(([, name]) => name);
    const known = [
      'no-daemon',
      'debug',
      'config',
      'device',
      'pool-dir',
      'state-dir',
      'control-socket',
      'check-config',
      'help',
      'version',
    ];
    expect(told).toEqual(known);
  });
});
