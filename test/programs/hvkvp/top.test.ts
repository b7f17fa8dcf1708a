import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ControlServer } from '../../../src/control/server.ts';
import { hvkvp, HvkvpProcess, hvkvpProgram } from '../../support/hvkvp-process.ts';
import { statusReport } from '../../support/status-report.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { controlC, Terminal } from '../../support/terminal.ts';
import { watchedHost } from '../../support/watched-host.ts';

const escape = '\u001b[';

describe('on a terminal', () => {
  it.each([
    ['colours', {}, true],
    ['no colours if NO_COLOR is set', { NO_COLOR: '1' }, false],
  ])('hvkvp status has %s', async (_, environment, coloured) => {
    const { socket } = await watchedHost();
    const terminal = new Terminal([process.execPath, hvkvpProgram, 'status', '--socket', socket], environment);
    expect(await terminal.ended()).toBe(0);
    expect(terminal.shown.includes(`${escape}1m`)).toBe(coloured);
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', controlC],
  ])('hvkvp top is refreshed until %s, and gives the terminal back', async (_, key) => {
    const { socket, host } = await watchedHost();
    const top = new Terminal([process.execPath, hvkvpProgram, 'top', '--socket', socket]);
    while (!top.shown.includes('requests a second')) await host.get(0, 'key');
    top.type(key);
    expect(await top.ended()).toBe(0);
    expect(top.shown.startsWith(`${escape}?1049h`)).toBe(true);
    expect(top.shown.endsWith(`${escape}?25h${escape}?1049l`)).toBe(true);
  });
});

it('hvkvp top shows its view once where there is no terminal', async () => {
  const { socket } = await watchedHost();
  const { status, stdout } = await hvkvp(['top', '--socket', socket]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^hv_kvp_daemon /);
  expect(stdout).not.toContain(escape);
});

it('hvkvp top has the daemon find out once what the host is told, not at each refresh', async () => {
  let asked = 0;
  const path = join(temporaryFolder(), 'control');
  const server = await ControlServer.open({
    path,
    version: '1.2.3',
    status: () => statusReport(),
    autoKeys: () => Promise.resolve([{ key: 'OSName', value: String((asked += 1)) }]),
    configuration: () => Promise.reject(new Error('not asked')),
    warn: () => undefined,
  });
  onTestFinished(() => {
    server.close();
  });
  const top = new HvkvpProcess(['top', '--socket', path, '--json']);
  while (top.stdout.split('\n').length <= 3) await setTimeout(10);
  top.process.kill('SIGINT');
  expect(await top.ended()).toMatchObject({ status: 0, stderr: '' });
  expect(asked).toBe(1);
});

it('hvkvp top tells programs a status a line, with the rate since the line before, until it is ended', async () => {
  const { socket, host } = await watchedHost();
  const top = new HvkvpProcess(['top', '--socket', socket, '--json']);
  await top.printed('"requestsPerSecond":null');
  while (!/"requestsPerSecond":[\d.]*[1-9]/.test(top.stdout)) await host.get(0, 'key');
  top.process.kill('SIGINT');
  const { status, stdout, stderr } = await top.ended();
  expect([status, stderr]).toEqual([0, '']);
  const { stdout: whole } = await hvkvp(['status', '--socket', socket, '--json']);
  for (const line of stdout.trimEnd().split('\n')) {
    expect(Object.keys(JSON.parse(line) as object)).toEqual([
      ...Object.keys(JSON.parse(whole) as object),
      'requestsPerSecond',
    ]);
  }
});
