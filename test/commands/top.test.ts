import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hvkvp, hvkvpProgram } from '../support/hvkvp-process.ts';
import { watchedHost } from '../support/watched-host.ts';

const escape = '\u001b[';
/** Stands in for a terminal, and prints what a program writes to it. */
const terminal = `import os, pty, sys\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))`;

describe('on a terminal', () => {
  it.each([
    ['colours', {}, true],
    ['no colours if NO_COLOR is set', { NO_COLOR: '1' }, false],
  ])('hvkvp status has %s', async (_, environment, coloured) => {
    const { socket } = await watchedHost();
    const shown = execFileSync(
      'python3',
      ['-c', terminal, process.execPath, hvkvpProgram, 'status', '--socket', socket],
      {
        encoding: 'utf8',
        input: '',
        env: {
          ...process.env,
          NO_COLOR: undefined,
          FORCE_COLOR: undefined,
          CI: undefined,
          TERM: 'xterm-256color',
          ...environment,
        },
      },
    );
    expect(shown.includes(`${escape}1m`)).toBe(coloured);
  });

  it.each([
    ['q', 'q'],
    ['Ctrl-C', '\u0003'],
  ])('hvkvp top is refreshed until %s, and gives the terminal back', async (_, key) => {
    const { socket, host } = await watchedHost();
    const top = spawn('python3', ['-c', terminal, process.execPath, hvkvpProgram, 'top', '--socket', socket], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, TERM: 'xterm-256color' },
    });
    onTestFinished(() => {
      top.kill('SIGKILL');
    });
    let shown = '';
    top.stdout.setEncoding('utf8').on('data', (chunk: string) => (shown += chunk));
    const ended = once(top, 'exit');
    while (!shown.includes('requests a second')) {
      await host.get(0, 'key');
    }
    top.stdin.write(key);
    expect(await ended).toEqual([0, null]);
    expect(shown.startsWith(`${escape}?1049h`)).toBe(true);
    expect(shown.endsWith(`${escape}?25h${escape}?1049l`)).toBe(true);
  });
});

it('hvkvp top shows its view once where there is no terminal', async () => {
  const { socket } = await watchedHost();
  const { status, stdout } = await hvkvp(['top', '--socket', socket]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^hv_kvp_daemon /);
  expect(stdout).not.toContain(escape);
});
