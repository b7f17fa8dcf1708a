import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lastInjection, rememberConfiguration } from '../../../src/configuration/last-configuration.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const text = '[ip_injection]\nmode = "off"\n';

function site() {
  const folder = temporaryFolder();
  const file = join(folder, 'hyperv-kvp.toml');
  const memory = join(folder, 'state/last-configuration.toml');
  const save = (content: string): void => {
    writeFileSync(file, content);
    rememberConfiguration(file, memory);
  };
  return {
    folder,
    file,
    memory,
    save,
    last: async (path = file) => (await lastInjection(path, memory))?.configuration.ip_injection,
  };
}

describe('what the last configuration said of IP injection', () => {
  it.each(['', ' \n'])('counts while the file says nothing: %j', async (nothing) => {
    const { save, last } = site();
    save(text);
    save(nothing);
    expect(await last()).toEqual({ mode: 'off' });
  });

  it('counts once the file is gone, whether it is named or not', async () => {
    const { save, last, file } = site();
    save(text);
    rmSync(file);
    expect(await last()).toEqual({ mode: 'off' });
    expect(await last('')).toEqual({ mode: 'off' });
  });

  it('does not count beside a file that says something, or for who wants none', async () => {
    const { save, last } = site();
    save(text);
    save('# all is allowed\n');
    expect(await last()).toBeUndefined();
    expect(await last('/dev/null')).toBeUndefined();
  });

  it('is nothing where there was none, and nobody else can say it', async () => {
    const { file, memory, last } = site();
    expect(await last()).toBeUndefined();
    mkdirSync(join(memory, '..'));
    writeFileSync(memory, text, { mode: 0o666 });
    chmodSync(memory, 0o666);
    writeFileSync(file, '');
    expect(await last()).toBeUndefined();
  });

  it('makes no folder above that of the state', () => {
    const { folder, file } = site();
    writeFileSync(file, text);
    rememberConfiguration(file, join(folder, 'pools/state/last-configuration.toml'));
    expect(existsSync(join(folder, 'pools'))).toBe(false);
  });
});
