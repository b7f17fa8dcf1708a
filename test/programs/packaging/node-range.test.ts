import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { debianNode, rpmNode } from '../../../packaging/linux/runtime.mjs';
import { complaintAbout as complaintOfScripts } from '../../../scripts/node-range.cjs';
import { complaintAbout } from '../../../src/process/needed-node.ts';
import { needs, program } from '../../support/needs.ts';

const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  engines: { node: string };
};

/** Those without process.getBuiltinModule, on which no program runs, and those with it; what is needed instead of the former. */
const versions = [
  ['10.24.1', '20.19.0'],
  ['18.20.8', '20.19.0'],
  ['20.9.0', '20.19.0'],
  ['20.18.3', '20.19.0'],
  ['20.19.0', undefined],
  ['20.20.1', undefined],
  ['21.7.3', '22.3.0'],
  ['22.2.0', '22.3.0'],
  ['22.3.0', undefined],
  ['22.21.0', undefined],
  ['100.0.0', undefined],
] as const;

/** Whether Debian's nodejs of a version meets what the package depends on. */
function isMetBy(version: string): boolean {
  return debianNode().every((alternatives) =>
    alternatives.split(' | ').some((alternative) => {
      const [, operator = '', bound = ''] = /^nodejs \((\S+) (\S+)\)$/.exec(alternative) ?? [];
      return spawnSync('dpkg', ['--compare-versions', `${version}+dfsg-1`, operator, bound]).status === 0;
    }),
  );
}

describe.each(versions)('Node %s', (version, needed) => {
  const told = needed && `Node ${version} is too old: hyperv-kvp needs ${needed} or later`;

  it('is told what is needed by the programs, and by the scripts in the same words', () => {
    expect(complaintAbout(version, engines.node)).toBe(told);
    expect(complaintOfScripts(version)).toBe(told);
  });

  it('meets what the Debian package depends on only if the programs run on it', () => {
    needs(program('dpkg'));
    expect(isMetBy(version)).toBe(needed === undefined);
  });
});

it('the RPM package names the same range', () => {
  expect(rpmNode()).toBe('((nodejs(engine) >= 20.19.0 with nodejs(engine) < 21) or nodejs(engine) >= 22.3.0)');
});
