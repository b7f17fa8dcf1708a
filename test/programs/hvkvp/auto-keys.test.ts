import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { servedHost } from '../../support/served-host.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const told = '[report.keys]\nRole = "web"\n';

/** A configuration with a control socket of its own; and words to be started with it. */
function configured() {
  const folder = temporaryFolder();
  const path = join(folder, 'configuration');
  writeFileSync(path, `[control]\nsocket = "${join(folder, 'control')}"\n${told}`);
  return ['--config', path];
}

interface Listed {
  readonly key: string;
  readonly value: string;
}

async function listed(words: readonly string[]) {
  const { status, stdout, stderr } = await hvkvp(['list', 'auto', '--json', ...words]);
  expect(status).toBe(0);
  const records = JSON.parse(stdout) as readonly Listed[]; // as list prints them
  return { records: records.map(({ key, value }) => ({ key, value })), stderr };
}

describe('the automatic keys, where a daemon runs', () => {
  it('are listed as the host is told them at that moment', async () => {
    const words = configured();
    const { host, daemon } = await servedHost('linux', words);
    await daemon.living(host.set(0, 'key', 'value'));
    const { records, stderr } = await listed(words);
    expect(stderr).toBe('');
    expect(records).toEqual((await host.enumerate(2)).records);
    expect(records.find(({ key }) => key === 'IntegrationServicesVersion')?.value).toBe('3.1');
    expect(records.at(10)).toEqual({ key: 'Role', value: 'web' });
  });

  it('are got one by one', async () => {
    const words = configured();
    const { host } = await servedHost('linux', words);
    const { value } = await host.get(2, 'OSVersion');
    expect(await hvkvp(['get', 'OSVersion', '--pool', 'auto', ...words])).toEqual({
      status: 0,
      stdout: `${String(value)}\n`,
      stderr: '',
    });
  });
});

describe('the automatic keys, where no daemon runs', () => {
  it('are found out as one would, which is said', async () => {
    const { records, stderr } = await listed(configured());
    expect(stderr).toMatch(/^hvkvp list: no daemon answered, so this was determined here: .*\n$/);
    expect(records).toHaveLength(11);
    expect(records.at(10)).toEqual({ key: 'Role', value: 'web' });
    expect(records.find(({ key }) => key === 'OSVersion')?.value).not.toBe('');
  });

  it('are not there if they are none of them, by status and message', async () => {
    const { status, stderr } = await hvkvp(['get', 'Owner', '--pool', 'auto', ...configured()]);
    expect(status).toBe(1);
    expect(stderr).toContain("pool auto has no key 'Owner'");
  });
});
