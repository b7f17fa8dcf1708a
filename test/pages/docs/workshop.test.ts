import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };

describe('the workflows', () => {
  const folder = '.github/workflows';

  it.each(readdirSync(join(root, folder)))('%s is valid', (name) => {
    const result = validateWorkflow(read(join(folder, name)));
    expect(result).toMatchObject({ errors: [] });
  });

  it('would not be valid with an unknown key', () => {
    const result = validateWorkflow('on: push\njobs: { test: { runs-on: ubuntu-24.04, steps: [{ runs: x }] } }\n');
    expect(result).toMatchObject({ errors: [expect.anything()] });
  });

  it('run the tests on the oldest Node that package.json allows', () => {
    const { jobs } = parse(read(`${folder}/ci.yml`)) as {
      jobs: { test: { strategy: { matrix: { node: readonly string[] } } } };
    };
    const [oldest] = jobs.test.strategy.matrix.node;
    expect(engines.node).toMatch(new RegExp(`^\\^${oldest ?? ''}\\.0 `));
  });
});

it('the README names what the commands need, as what says that it is missing does', () => {
  const readme = read('README.md').replaceAll('\n', ' ');
  const needed = /they need Node\.js (.+?), npm, (.+?), (\w+) and (.+?)\./.exec(readme) ?? [];
  const [, node, ...tools] = needed;
  const parts = /^\^(\d+\.\d+)\.0 \|\| >=(\d+\.\d+)\.0$/.exec(engines.node) ?? [];
  expect(node).toBe(`≥ ${parts[1] ?? ''} or ≥ ${parts[2] ?? ''}`);
  const named = read('scripts/compiler.mjs').match(/(?<=^ {4}'?)(?:a C\+\+17 compiler|make|Python 3)(?='?: )/gm);
  expect(named).toEqual(tools);
});
