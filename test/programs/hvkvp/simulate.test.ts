import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const project = join(import.meta.dirname, '../../..');
const program = join(project, 'dist/bin/hvkvp.js');
const rudeDaemon = join(import.meta.dirname, 'support/rude-daemon.js');

describe('hvkvp simulate as a process', () => {
  it('runs the demo, and ends with the host’s view of all pools', () => {
    const { status, stdout } = simulate(['--script', join(project, 'examples/demo.kvp')]);
    expect(status).toBe(0);
    const view = stdout.slice(stdout.lastIndexOf('host> show'));
    for (const row of [/0 external +Owner +Grace Hopper/, /1 guest +BackupState /, / OSName +/, / AppVersion /]) {
      expect(view).toMatch(row);
    }
  });

  it.each(['linux', 'freebsd'])('serves the commands of a script on %s', (system) => {
    const { status, stdout } = run(
      [
        'set 0 "two words" "and a value"',
        "get external 'two words'",
        'set 1 number 7 --type u32',
        'get guest number',
        'set 1 large 18446744073709551615 --type u64',
        'guest fromGuest hello',
        'enumerate 1',
        'delete 0 "two words"',
        'refused delete 0 "two words"',
        'rescind',
        'refused get 1 number',
        'offer',
        'get 1 number',
      ],
      ['--platform', system],
    );
    expect(stdout).toMatch(/^and a value$/m);
    expect(stdout).toMatch(/ number +7\n/);
    expect(stdout).toMatch(/ large +18446744073709551615\n/);
    expect(stdout).toMatch(/ fromGuest +hello\n/);
    expect(stdout).toMatch(/^0x80070103 \(no more items\)$/m);
    expect(stdout).toMatch(/^the KVP service is withdrawn$/m);
    expect(status).toBe(0);
  });

  it.each([
    ['a command that the guest refuses', 'get 0 nothing'],
    ['a refusal that does not come', 'refused set 0 key value'],
    ['a command that does not exist', 'constructor'],
    ['a refusal of what does not exist', 'refused nonsense'],
    ['a pool that does not exist', 'get 9 key'],
    ['a word that is missing', 'get 0'],
    ['a number too large', 'set 0 key 4294967296 --type u32'],
    ['a text that no packet carries', `set 0 key ${'v'.repeat(1024)}`],
  ])('ends a script with status 1 for %s, and goes on', (_, line) => {
    const { status, stdout } = run([line, 'set 0 last one', 'get 0 last']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^one$/m);
  });

  it('shows control characters of a guest without obeying them', () => {
    const { stdout } = run(['set 0 key "red \u001b[31m"', 'get 0 key']);
    expect(stdout.slice(stdout.indexOf('get 0 key'))).toContain('red \\u001b[31m');
  });

  it('tells the ways in which a daemon breaks the driver’s rules, and ends with status 1', () => {
    const { status, stdout } = run(['help'], ['--daemon', rudeDaemon, '--platform', 'linux']);
    expect(stdout).toContain('broke a rule of the driver: a registration by operation 4, not 100');
    expect(status).toBe(1);
  });

  it.each([
    ['ends at once', '/bin/false', 'the daemon ended with status 1'],
    ['does not exist', '/nonexistent/daemon', 'cannot start the daemon /nonexistent/daemon'],
  ])('says so when the daemon %s', (_, daemon, text) => {
    const { status, stderr } = simulate(['--daemon', daemon], '');
    expect(stderr).toContain(text);
    expect(status).toBe(1);
  });

  it('says so when there is no such script', () => {
    const { status, stderr } = simulate(['--script', '/nonexistent']);
    expect(stderr).toBe("hvkvp simulate: ENOENT: no such file or directory, open '/nonexistent'\n");
    expect(status).toBe(1);
  });

  it('has a shape for programs: an object a line for each command, and for what happens beside', () => {
    const lines = [
      ...['# a story', '', 'set 0 key value', 'get 0 key', 'refused get 0 none', 'get 0 none', 'enumerate external'],
      ...['rescind', 'get 0 key', 'nonsense', 'quit'],
    ];
    const { status, stdout } = run(lines, ['--json', '--platform', 'linux']);
    const told = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(status).toBe(1);
    expect(told.filter(({ type }) => type !== 'log')).toMatchInlineSnapshot(`
      [
        {
          "text": "a story",
          "type": "story",
        },
        {
          "command": "set 0 key value",
          "status": "ok",
          "succeeded": true,
          "type": "outcome",
        },
        {
          "command": "get 0 key",
          "status": "ok",
          "succeeded": true,
          "type": "outcome",
          "value": "value",
        },
        {
          "command": "refused get 0 none",
          "status": "noMoreItems",
          "succeeded": true,
          "type": "outcome",
        },
        {
          "command": "get 0 none",
          "status": "noMoreItems",
          "succeeded": false,
          "type": "outcome",
        },
        {
          "command": "enumerate external",
          "pools": [
            {
              "pool": "external",
              "records": [
                {
                  "key": "key",
                  "value": "value",
                },
              ],
            },
          ],
          "status": "ok",
          "succeeded": true,
          "type": "outcome",
        },
        {
          "command": "rescind",
          "status": "ok",
          "succeeded": true,
          "type": "outcome",
        },
        {
          "command": "get 0 key",
          "succeeded": false,
          "text": "the KVP service is withdrawn",
          "type": "outcome",
        },
        {
          "command": "nonsense",
          "succeeded": false,
          "text": "unknown command 'nonsense'; try help",
          "type": "outcome",
        },
        {
          "command": "quit",
          "succeeded": true,
          "type": "outcome",
        },
      ]
    `);
    expect(told.find(({ type }) => type === 'log')).toEqual({
      type: 'log',
      line: expect.stringContaining('registered at') as string,
    });
  });

  it('tells programs where the guest is, and outcomes, where a person has a prompt', () => {
    const { stdout } = simulate(['--json'], 'set 0 key value\nquit\n');
    const told = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{"type":"log"'));
    expect(told[0]).toMatch(
      /^{"type":"guest","pools":"[^"]+\/pools","control_socket":"[^"]+\/control","configuration":"[^"]+\.toml"}$/,
    );
    expect(told.slice(1)).toEqual([
      '{"type":"outcome","command":"set 0 key value","succeeded":true,"status":"ok"}',
      '{"type":"outcome","command":"quit","succeeded":true}',
    ]);
  });

  it('keeps the pools in a folder that is given', () => {
    const pools = temporaryFolder();
    run(['set 0 key value'], ['--pool-dir', pools]);
    expect(readFileSync(join(pools, '.kvp_pool_0'), 'latin1')).toMatch(/^key\0/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('takes the daemon and its folder away on %s', async (signal) => {
    const folder = temporaryFolder();
    const daemon = join(temporaryFolder(), 'daemon');
    writeFileSync(daemon, '#!/bin/sh\necho "pid $$" >&2\nexec sleep 1000\n');
    chmodSync(daemon, 0o755);
    const simulation = spawn(process.execPath, [program, 'simulate', '--daemon', daemon], {
      env: { ...process.env, TMPDIR: folder },
    });
    const pid = await daemonPid(simulation);
    expect(readdirSync(folder)).toHaveLength(1);
    simulation.kill(signal);
    await once(simulation, 'exit');
    expect(readdirSync(folder)).toEqual([]);
    await ended(pid);
  });
});

/** Runs a script, and sees that nothing is left behind. */
function run(lines: readonly string[], options: readonly string[] = []) {
  const script = join(temporaryFolder(), 'script');
  writeFileSync(script, `${lines.join('\n')}\n`);
  return simulate(['--script', script, ...options]);
}

function simulate(options: readonly string[], input = '') {
  const folder = temporaryFolder();
  const result = spawnSync(process.execPath, [program, 'simulate', ...options], {
    encoding: 'utf8',
    input,
    env: { ...process.env, TMPDIR: folder },
  });
  expect(readdirSync(folder)).toEqual([]);
  return result;
}

/** The number in the daemon's log. */
async function daemonPid({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error('standard output is not piped');
  for await (const line of createInterface(stdout)) {
    const pid = /daemon: pid (\d+)/.exec(line)?.[1];
    if (pid !== undefined) return Number(pid);
  }
  throw new Error('the daemon has not told its number');
}

/** Waits for the end of a process that is not our child; its parent may take its time to notice. */
async function ended(pid: number): Promise<void> {
  await eventually(() => !existsSync(`/proc/${pid}`) || readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z '));
}
