import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageWithNode } from '../support/package-with-node.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../..');

it.each([
  ['20.12.0', '20.19.0'],
  ['21.7.3', '22.3.0'],
])('every program says in one sentence that Node %s is too old', (version, needed) => {
  const old = join(temporaryFolder(), 'old.cjs');
  writeFileSync(
    old,
    `Object.defineProperty(process.versions, 'node', { value: '${version}' }); delete process.getBuiltinModule;`,
  );
  const folder = packageWithNode(`exec ${process.execPath} --require ${old} "$@"`);
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'dist/parts'), join(folder, 'dist/parts'), { recursive: true });
  for (const program of ['hv_kvp_daemon', 'hyperv-kvp-helper', 'hvkvp']) {
    const { status, stderr } = spawnSync(join(folder, 'dist/bin', program), [], { encoding: 'utf8' });
    expect(stderr).toBe(`Node ${version} is too old: hyperv-kvp needs ${needed} or later\n`);
    expect(status).toBe(1);
  }
});

// One that is missing there, as node:util's styleText is, ends Node before the sentence; so does an option that it does not know.
it('nothing that an old Node has not is asked of it before that', () => {
  for (const program of ['hv_kvp_daemon', 'hyperv-kvp-helper', 'hvkvp']) {
    const text = readFileSync(join(root, 'dist/bin', `${program}.js`), 'utf8');
    const imported = [...text.matchAll(/^import (.*);$/gm)].map(([, what]) => what);
    expect(['{ readFileSync } from "node:fs"', '{ setFlagsFromString } from "node:v8"']).toEqual(
      expect.arrayContaining(imported),
    );
  }
  const given = spawnSync(join(packageWithNode('echo "$@"'), 'dist/bin/hvkvp'), [], { encoding: 'utf8' }).stdout;
  const known = ['--inspect-port', '--openssl-config', '--no-memory-reducer'];
  expect(given.match(/--[\w-]+/g)).toEqual(known);
});
