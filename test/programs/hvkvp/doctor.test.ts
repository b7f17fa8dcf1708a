import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { doctor } from '../../../src/hvkvp/doctor/doctor.ts';
import type { Output } from '../../../src/hvkvp/output.ts';
import { native } from '../../../src/device/native.ts';
import { checks } from '../../../src/hvkvp/doctor/checks.ts';
import { askDaemon } from '../../../src/hvkvp/doctor/daemon-report.ts';
import type { Diagnosis } from '../../../src/hvkvp/doctor/examine.ts';
import { eventually } from '../../support/eventually.ts';
import { type Need, needs } from '../../support/needs.ts';
import { servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Changes, patient } from '../../unit/hvkvp/doctor/support/guest.ts';

const otherHypervisor: Need = {
  isMet: () => native.hypervisorVendor() !== 'Microsoft Hv',
  otherwise: 'it is about machines that are not on Hyper-V',
};
const program = join(import.meta.dirname, '../../../dist/bin/hvkvp.js');

function run(...words: readonly string[]) {
  return spawnSync(process.execPath, [program, 'doctor', ...words], { encoding: 'utf8' });
}

describe('hvkvp doctor as a process, on another hypervisor', () => {
  beforeEach(() => {
    needs(otherHypervisor);
  });

  it('ends with status 1, begins with the reason, and skips the rest because of it', () => {
    const { status, stdout, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toBe('');
    const [first, remedy, ...others] = stdout.trimEnd().split('\n');
    expect(first).toMatch(/^problem {4}hypervisor {5}not on Hyper-V: /);
    expect(remedy).toMatch(/^ +→ nothing to do: /);
    expect(others).toEqual(checks.slice(1).map(({ name }) => `skipped    ${name.padEnd(13)}  because of hypervisor`));
  });

  it('prints the same as JSON', () => {
    const { status, stdout } = run('--json');
    expect(status).toBe(1);
    const told = JSON.parse(stdout) as { healthy: boolean; checks: readonly Diagnosis[] };
    expect(told.healthy).toBe(false);
    expect(told.checks[0]).toMatchObject({ check: 'hypervisor', state: 'problem' });
    expect(told.checks).toHaveLength(checks.length);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('ends with status 2 for words and 3 for a configuration that it cannot use', () => {
    expect(run('--nonsense').status).toBe(2);
    expect(run('--config', '/nonexistent.toml')).toMatchObject({ status: 3, stdout: '' });
  });
});

/** What it prints about a guest whose daemon is served by a simulated driver. */
async function examined(changes: Changes, look: Partial<Output> = {}): Promise<{ status: number; text: string }> {
  const controlSocket = join(temporaryFolder(), 'control');
  const { host } = await servedHost('linux', ['--control-socket', controlSocket]);
  await host.get(0, 'key');
  await eventually(() => existsSync(controlSocket));
  const { machine, settings } = await patient('linux', changes);
  const written: string[] = [];
  const status = await doctor({
    machine,
    settings: { ...settings, controlSocket },
    output: {
      ...{ isTerminal: false, hasColours: false, width: 100, json: false, ...look },
      write: (text) => written.push(String(text)),
    },
  });
  return { status, text: written.join('') };
}

describe('hvkvp doctor', () => {
  it('asks the running daemon, and ends with status 0 if there is no problem', async () => {
    const { status, text } = await examined({});
    expect(text).toMatch(/^ok +registration +registered, integration services 3\.1$/m);
    expect(text).toMatch(/^ok +requests +last request from the host: just now$/m);
    expect(status).toBe(0);
    expect(text.match(/^(?!ok).+$/gm)).toBeNull();
  });

  it('breaks lines between words at a terminal, and colours what is wrong', async () => {
    const without = { without: ['/sys/bus/vmbus/devices'] };
    const { text } = await examined(without, { isTerminal: true, hasColours: true, width: 70 });
    const lines = text.split('\n').map((line) => line.replaceAll(/\u001b\[\d+m/g, ''));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(70);
    expect(text).toContain('\u001b[31mproblem  \u001b[39m');
  });
});

describe('a daemon that cannot be asked', () => {
  it.each([
    ['', 'the daemon has no control socket'],
    ['/nonexistent/control', 'cannot reach a daemon at /nonexistent/control'],
  ])('leaves %j unanswered', async (path, silence) => {
    expect(await askDaemon(path)).toMatchObject({ silence: expect.stringContaining(silence) as string });
  });
});
