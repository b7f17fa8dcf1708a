import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { needs, plainPath, root } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';

const programs = join(import.meta.dirname, '../../../dist/bin');
const examples = join(import.meta.dirname, '../../../examples');
const lost = 'cannot write to standard output';

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

/** Runs a program as a shell starts it, with redirections behind it. */
async function run(program: string, words: readonly string[], redirections: string): Promise<Ended> {
  const shell = spawn('sh', ['-c', `exec "$0" "$@" ${redirections}`, join(programs, program), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    shell.kill('SIGKILL');
  });
  const [stderr] = await Promise.all([text(shell.stderr), once(shell, 'exit')]);
  return { status: shell.exitCode, stderr };
}

/** Words with which each command prints something, and needs no daemon; `places`: where pools are that have a key. */
const printing: Readonly<Record<string, (places: readonly string[]) => readonly string[]>> = {
  list: (places) => ['list', ...places],
  get: (places) => ['get', 'Key', ...places],
  dump: (places) => ['dump', ...places],
  info: (places) => ['info', ...places],
  'is-stale': (places) => ['is-stale', ...places],
  set: (places) => ['set', 'Key', 'other', '--json', ...places],
  append: (places) => ['append', 'Key', 'other', '--json', ...places],
  delete: (places) => ['delete', 'Key', '--json', ...places],
  clear: (places) => ['clear', '--json', ...places],
  load: (places) => ['load', fileOf('A=1\nB=2\n'), '--json', ...places],
  watch: (places) => ['watch', '--json', ...places],
  wait: (places) => ['wait', 'Key', ...places],
  'report success': (places) => ['report', 'success', '--json', ...places],
  'report failure': (places) => ['report', 'failure', '--reason', 'none', '--json', ...places],
  deprovision: (places) => ['deprovision', '--yes', ...places],
  decode: () => ['decode', fileOf(recording)],
  doctor: () => ['doctor'],
  diagnose: () => ['diagnose', join(temporaryFolder(), 'report.tar.gz')],
  'ip show': () => ['ip', 'show', '--json'],
  'ip history': () => ['ip', 'history', '--config', ownState()],
  'ip revert': () => ['ip', 'revert', '--config', ownState()],
  'ip plan': () => ['ip', 'plan', join(examples, 'ip-request.toml')],
  simulate: () => ['simulate', '--script', join(examples, 'demo.kvp')],
  completion: () => ['completion', 'bash'],
  'freebsd-setup': () => ['freebsd-setup', '--platform', 'freebsd', '--dry-run', '--root', temporaryFolder()],
};
const ofDaemon = ['status', 'config', 'monitor', 'top', 'metrics'];
/** What prints nothing, or waits for the start of the system. */
const others = ['recover', 'ready'];

const recording =
  '{"type":"hello","protocol":1,"version":"1.2.3","pid":1}\n{"type":"registered","at":"2026-01-02T03:04:05.678Z","integrationServices":"3.1"}\n';

function fileOf(content: string): string {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, content);
  return file;
}

/** A configuration with a state folder in which nothing is. */
function ownState(): string {
  return fileOf(`[pools]\nstate_directory = ${JSON.stringify(temporaryFolder())}\n`);
}

/** Where pools are of which one has a key. */
async function filledPools(): Promise<readonly string[]> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'pools'));
  const places = ['--pool-dir', join(folder, 'pools'), '--state-dir', join(folder, 'state'), '--config', '/dev/null'];
  await run('hvkvp', ['set', 'Key', 'value', ...places], '');
  return places;
}

function namesOf(command: Command, before: readonly string[] = []): readonly string[] {
  return command.commands.flatMap((each) => {
    const names = [...before, each.name()];
    return each.commands.length === 0 ? [names.join(' ')] : namesOf(each, names);
  });
}

describe('output that fails', () => {
  it('is tried with every command', () => {
    const tried = [...Object.keys(printing), ...ofDaemon, ...others];
    expect(tried.toSorted()).toEqual(namesOf(createProgram()).toSorted());
  });

  describe.each([
    ['a full disk', '>/dev/full', 'ENOSPC', Object.keys(printing)],
    // By the launcher, which is the same for every command.
    ['a closed standard output', '>&-', 'EBADF', ['get', 'set', 'doctor']],
  ])('%s', (_, redirection, code, commands) => {
    it.each(commands)('is one line and status 3 of hvkvp %s', async (command) => {
      if (command === 'ip revert') needs(root);
      if (command === 'freebsd-setup') needs(plainPath);
      const words = printing[command]?.(await filledPools()) ?? [];
      const { status, stderr } = await run('hvkvp', words, redirection);
      expect(stderr).toMatch(new RegExp(`^hvkvp ${command}: ${lost}: ${code}: .*\n$`));
      expect(status).toBe(3);
    });

    it.each([['--help'], ['--version'], ['get', '--help']])(
      'is one line and status 3 of hvkvp %s',
      async (...words) => {
        const { status, stderr } = await run('hvkvp', words, redirection);
        expect(stderr).toMatch(new RegExp(`^hvkvp(?: get)?: ${lost}: ${code}: .*\n$`));
        expect(status).toBe(3);
      },
    );

    it.each(['--help', '--version', '--check-config'])(
      'is one line and status 1 of hv_kvp_daemon %s',
      async (option) => {
        const { status, stderr } = await run('hv_kvp_daemon', [option], redirection);
        expect(stderr).toMatch(new RegExp(`^hv_kvp_daemon: ${lost}: ${code}: .*\n$`));
        expect(status).toBe(1);
      },
    );
  });

  it('ends a simulation whose daemon goes on to write, and nothing of it stays', async () => {
    const own = temporaryFolder();
    const daemon = join(own, 'daemon');
    // Removing so many takes longer than a signal.
    const script = [
      '#!/bin/sh',
      'for word; do [ "$before" != --pool-dir ] || folder=${word%/*}; before=$word; done',
      `printf %s "$folder" > '${own}/folder'`,
      'for n in $(seq 1000); do : > "$folder/first-$n"; done',
      `'${programs}/hv_kvp_daemon' "$@" &`,
      `trap 'kill $!; exec 2> /dev/null; for n in $(seq 1000); do : > "$folder/last-$n"; done; exit' TERM`,
      'wait',
    ].join('\n');
    writeFileSync(daemon, script, { mode: 0o755 });
    const words = ['simulate', '--daemon', daemon, '--script', join(examples, 'demo.kvp')];
    const { status, stderr } = await run('hvkvp', words, '>/dev/full');
    expect(stderr).toMatch(new RegExp(`^hvkvp simulate: ${lost}: ENOSPC: .*\n$`));
    expect(status).toBe(3);
    expect(existsSync(readFileSync(join(own, 'folder'), 'utf8'))).toBe(false);
  });

  it('ends what asks the daemon, too', async () => {
    const { host, socket } = await watchedHost();
    for (const command of ofDaemon) {
      const ended = run('hvkvp', [command, '--socket', socket], '>/dev/full');
      const life = new AbortController();
      ended
        .finally(() => {
          life.abort();
        })
        .catch(() => undefined);
      // The monitor shows nothing until the host asks for something.
      do await host.get(2, 'OSName');
      while (!life.signal.aborted && command === 'monitor');
      const { status, stderr } = await ended;
      expect(stderr).toMatch(new RegExp(`^hvkvp ${command}: ${lost}: ENOSPC: .*\n$`));
      expect(status).toBe(3);
    }
  });

  it('changes what a command was to change all the same, to the end', async () => {
    const places = await filledPools();
    const records = fileOf(Array.from({ length: 100 }, (_, index) => `K${index}=value\n`).join(''));
    expect(await run('hvkvp', ['load', records, '--json', ...places], '>/dev/full')).toMatchObject({ status: 3 });
    const listed = join(temporaryFolder(), 'listed');
    await run('hvkvp', ['get', 'K99', ...places], `>${listed}`);
    expect(readFileSync(listed, 'utf8')).toBe('value\n');
  });

  it('is silent, and no failure, where the reader has gone', async () => {
    const places = await filledPools();
    const { stderr } = await run('hvkvp', ['dump', ...places], '| true');
    expect(stderr).toBe('');
  });

  it.each(['2>/dev/full', '2>&-'])(
    'does not change the status where nobody can be told why: %s',
    async (redirection) => {
      expect(await run('hvkvp', ['list', '--nonsense'], redirection)).toEqual({ status: 2, stderr: '' });
      expect(await run('hvkvp', ['decode', '/nonexistent'], redirection)).toEqual({ status: 3, stderr: '' });
      expect(await run('hvkvp', ['decode', '/nonexistent'], `>/dev/full ${redirection}`)).toEqual({
        status: 3,
        stderr: '',
      });
    },
  );

  it('of input is told as well: a closed standard input is not an empty one', async () => {
    const places = await filledPools();
    const { status, stderr } = await run('hvkvp', ['load', '-', ...places], '<&-');
    expect(stderr).toMatch(/^hvkvp load: EBADF: .*\n$/);
    expect(status).toBe(3);
  });
});
