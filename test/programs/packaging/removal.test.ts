import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mountNamespace, needs, ownMounts } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const packaging = join(import.meta.dirname, '../../../packaging');
const ours = [
  ...['pool_1.0123abcd.journal', 'boot', 'last-configuration.toml', 'ip-injection.lock'],
  ...['ip-injection-counts.json', 'ip-injection-history.json'],
];
const dear = ['pool_1.0123abcd.tail-1', 'ip-injection-originals.json', 'ip-injection.json.unreadable'];

/** What a package does when it is gone, in a folder of the test's. */
function scriptOf(packageKind: 'deb' | 'rpm', folder: string): readonly string[] {
  const text =
    packageKind === 'deb'
      ? readFileSync(join(packaging, 'debian/control/postrm'), 'utf8')
      : (readFileSync(join(packaging, 'rpm/scriptlets'), 'utf8').split('%postun\n')[1] ?? '');
  const placed = text
    .replaceAll('/var/lib/hyperv-kvp', join(folder, 'state'))
    .replaceAll('/run/hyperv-kvp', join(folder, 'run'))
    .replaceAll('/run/systemd/system', join(folder, 'no-systemd'))
    .replaceAll('/etc/selinux', join(folder, 'no-selinux'));
  const script = join(folder, 'script');
  writeFileSync(script, placed);
  return ['/bin/sh', script, packageKind === 'deb' ? 'purge' : '0'];
}

function fill(folder: string, names: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), '');
}

function run([program = '', ...words]: readonly string[]) {
  const { status, stderr } = spawnSync(program, words, { encoding: 'utf8' });
  return { status, stderr };
}

describe('a package that is purged', () => {
  it('leaves no state', () => {
    const folder = temporaryFolder();
    fill(join(folder, 'state'), [...ours, ...dear]);
    fill(join(folder, 'run'), ['control']);
    expect(run(scriptOf('deb', folder))).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['script']);
  });

  it('leaves none of ours where a link leads to, and what is not ours', () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    fill(elsewhere, [...ours, ...dear, 'of-somebody-else']);
    symlinkSync(elsewhere, join(folder, 'state'));
    expect(run(scriptOf('deb', folder))).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(elsewhere)).toEqual(['of-somebody-else']);
    expect(existsSync(join(folder, 'state'))).toBe(false);
  });

  it.each(['deb', 'rpm'] as const)('empties a state folder that is a mount point, and does not fail (%s)', (kind) => {
    needs(ownMounts);
    const folder = temporaryFolder();
    fill(join(folder, 'state'), []);
    const words = scriptOf(kind, folder);
    const state = join(folder, 'state');
    const steps = `mount -t tmpfs tmpfs ${state} && cd / && touch ${state}/boot && ${words.join(' ')} && ls -A ${state}`;
    const { status, stdout, stderr } = spawnSync('unshare', [...mountNamespace(), 'sh', '-c', steps], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('keeps what says how to undo a change that was cut off, and says so', () => {
    const folder = temporaryFolder();
    fill(join(folder, 'state'), [...ours, ...dear, 'ip-injection.json']);
    const { status, stderr } = run(scriptOf('deb', folder));
    expect(status).toBe(0);
    expect(stderr).toContain('ip-injection.json stays');
    expect(readdirSync(join(folder, 'state'))).toEqual(['ip-injection.json']);
  });
});

describe('an RPM that is removed, which nobody purges later', () => {
  it('leaves saved ends of pools, originals of the network’s files, and how to undo a change', () => {
    const folder = temporaryFolder();
    fill(join(folder, 'state'), [...ours, ...dear, 'ip-injection.json']);
    expect(run(scriptOf('rpm', folder))).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'state')).sort()).toEqual([...dear, 'ip-injection.json'].sort());
  });

  it('leaves no folder without any of these', () => {
    const folder = temporaryFolder();
    fill(join(folder, 'state'), ours);
    expect(run(scriptOf('rpm', folder))).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual(['script']);
  });
});
