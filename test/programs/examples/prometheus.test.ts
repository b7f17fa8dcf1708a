import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { needs, program } from '../../support/needs.ts';
import { watchedHost } from '../../support/watched-host.ts';

const examples = join(import.meta.dirname, '../../../examples');
const rules = join(examples, 'prometheus/hyperv-kvp.rules.yml');

function promtool(words: readonly string[], input = ''): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('promtool', words, { input, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

async function metrics(): Promise<string> {
  const { socket, host } = await watchedHost();
  await host.get(0, 'none');
  return (await hvkvp(['metrics', '--socket', socket])).stdout;
}

it('metrics pass promtool', async () => {
  needs(program('promtool'));
  expect(promtool(['check', 'metrics'], await metrics())).toEqual({ status: 0, output: '' });
});

it('the alerting rules pass promtool, and fire when they should', () => {
  needs(program('promtool'));
  expect(promtool(['check', 'rules', rules])).toMatchObject({ status: 0 });
  expect(promtool(['test', 'rules', rules.replace('.yml', '.test.yml')])).toMatchObject({ status: 0 });
});

it.each([rules, join(examples, 'grafana/hyperv-kvp.json')])(
  '%s asks only for metrics that the daemon has',
  async (file) => {
    const known = new Set((await metrics()).match(/^# TYPE \S+/gm)?.map((line) => line.replace('# TYPE ', '')));
    const asked = readFileSync(file, 'utf8').match(/hyperv_kvp_[a-z_]+(?=[{[ )]|$)/gm) ?? [];
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !known.has(name.replace(/_bucket$/, '')))).toEqual([]);
  },
);
