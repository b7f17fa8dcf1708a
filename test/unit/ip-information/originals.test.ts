import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreFile, saveFile, writeFile } from '../../../src/ip-information/files.ts';
import { keepOriginals, originalsOf } from '../../../src/ip-information/originals.ts';
import { trustedWith } from '../../../src/ip-information/record-schema.ts';
import { thisMachine } from '../../../src/platform/machine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const interfaces = '/etc/network/interfaces';
const added = '/etc/network/interfaces.d/eth0';

/** A machine whose state folder keeps what changes replace. */
function site() {
  const root = temporaryFolder();
  const path = join(root, 'state/originals.json');
  const keeping = { machine: { ...thisMachine, root }, trusted: trustedWith('') };
  mkdirSync(join(root, '/etc/network/interfaces.d'), { recursive: true });
  const edit = (name: string, text: string): void => {
    writeFileSync(join(root, name), text);
  };
  const change = (name: string, text: string | null): void => {
    const file = { path: name, text, mode: 0o644 };
    const saved = saveFile(keeping.machine, file);
    writeFile(keeping.machine, file);
    keepOriginals(path, [saved], keeping);
  };
  const restored = (): readonly string[] => {
    const files = originalsOf(path, keeping);
    for (const file of files) restoreFile(keeping.machine, file);
    return files.map((file) => file.path);
  };
  return { root, path, edit, change, restored };
}

describe('the configuration from before the changes of the host', () => {
  it('comes back as it was before the first of them, and what they added goes', () => {
    const { root, path, edit, change, restored } = site();
    edit(interfaces, 'of the site, in Latin-1: \u00e9');
    const original = readFileSync(join(root, interfaces));
    change(interfaces, 'first');
    change(interfaces, 'second');
    change(added, 'first');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(restored()).toEqual([interfaces, added]);
    expect(readFileSync(join(root, interfaces))).toEqual(original);
    expect(() => statSync(join(root, added))).toThrow('ENOENT');
  });

  it('is what the site has written since, where it wrote between two changes', () => {
    const { root, edit, change, restored } = site();
    edit(interfaces, 'old');
    change(interfaces, 'first');
    edit(interfaces, 'new');
    change(interfaces, 'second');
    expect(restored()).toEqual([interfaces]);
    expect(readFileSync(join(root, interfaces), 'utf8')).toBe('new');
  });

  it('leaves a file alone that the site has written or removed after the last change', () => {
    const { root, edit, change, restored } = site();
    edit(interfaces, 'old');
    edit(added, 'old');
    change(interfaces, 'first');
    change(added, 'first');
    edit(interfaces, 'new');
    rmSync(join(root, added));
    expect(restored()).toEqual([]);
    expect(readFileSync(join(root, interfaces), 'utf8')).toBe('new');
  });

  it('is put aside where somebody else could have written it', () => {
    const { path, edit, change, restored } = site();
    edit(interfaces, 'old');
    change(interfaces, 'first');
    writeFileSync(path, JSON.stringify([{ path: '/etc/shadow', former: null, digest: '' }]));
    expect(restored).toThrow('EBADMSG');
  });
});
