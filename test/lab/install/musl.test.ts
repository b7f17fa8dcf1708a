import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { muslNodeProgram, withoutMuslNode, withoutZig } from '../../../scripts/python-packages.mjs';
import { namespaces, needs, processor } from '../../support/needs.ts';
import { muslTree } from './musl-tree.ts';
import { environmentFor, type Ended, Packed, run } from './packed.ts';

const root = join(import.meta.dirname, '../../..');
const demo = join(root, 'examples/demo.kvp');
const withMusl = join(import.meta.dirname, 'with-musl');
const prebuilt = 'prebuilds/linux-x64-musl';

let packed: Packed;
let unpacked: string;
beforeAll(() => {
  packed = new Packed();
  unpacked = packed.unpack();
});
afterAll(() => {
  packed.remove();
});

/** Runs a program where musl is, and a Node that is linked with it. */
let onMusl: (...words: readonly string[]) => Ended;

beforeEach(async () => {
  const node = muslNodeProgram();
  needs(
    processor('x64'),
    namespaces,
    { isMet: () => node !== undefined, otherwise: withoutMuslNode },
    { isMet: () => existsSync(join(unpacked, prebuilt, 'hv_kvp.node')), otherwise: withoutZig },
  );
  const libraries = join(await muslTree('x64'), 'usr/lib');
  const path = packed.bare(node);
  onMusl = (...words) =>
    run('unshare', ['--mount', withMusl, libraries, ...words], environmentFor(`${path}:/usr/bin:/bin:/usr/sbin:/sbin`));
});

describe('with a Node that is linked with musl', () => {
  it('npm install takes no compiler, and the programs serve a host', () => {
    const prefix = packed.place();
    const installed = onMusl('npm', 'install', '--global', '--prefix', prefix, packed.archive);
    expect(installed).toMatchObject({ status: 0 });
    const folder = join(prefix, 'lib/node_modules/hyperv-kvp');
    expect(existsSync(join(folder, 'build/Release'))).toBe(false);
    const code = `await import('${folder}/dist/device/native.js'); console.log(process.report.getReport().sharedObjects.join('\\n'))`;
    const addon = join(folder, prebuilt, 'hv_kvp.node');
    expect(onMusl('node', '--input-type=module', '-e', code).stdout.split('\n')).toContain(addon);
    const { status, stdout } = onMusl(join(prefix, 'bin/hvkvp'), 'simulate', '--script', demo);
    expect(stdout).toContain('Grace Hopper');
    expect(status).toBe(0);
  });

  it('the native boundary is as its tests want, and the daemon keeps its contract', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const tests = ['unit/native/channel-handle', 'unit/native/process-life', 'programs/daemon/contract'];
    const files = tests.map((name) => `test/${name}.test.ts`);
    // The prebuilt addon takes the place of the one that was compiled in the checkout.
    const script = 'mount --bind "$1" "$2" && cd "$3" && shift 3 && exec "$@"';
    const places = [join(unpacked, prebuilt), join(root, 'build/Release'), root];
    const words = [
      'env',
      'NO_COLOR=1',
      `NAPI_RS_NATIVE_LIBRARY_PATH=${muslBinding()}`,
      'node',
      vitest,
      'run',
      ...files,
    ];
    const { status, stdout } = onMusl('sh', '-c', script, 'sh', ...places, ...words);
    expect(stdout).toMatch(/Test Files +3 passed/);
    expect(status).toBe(0);
  });
});

/** What of vitest is compiled, for musl; it looks for itself at the system's programs, which are not. */
function muslBinding(): string {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { readonly version: string }>>;
  }; // as npm writes it
  const name = '@rolldown/binding-linux-x64-musl';
  const wanted = `${name}@${packages[`node_modules/${name}`]?.version ?? ''}`;
  const folder = packed.place();
  const words = ['install', '--silent', '--no-save', '--ignore-scripts', '--force', '--prefix', folder, wanted];
  expect(run('npm', words)).toMatchObject({ status: 0 });
  return join(folder, 'node_modules', name, 'rolldown-binding.linux-x64-musl.node');
}
