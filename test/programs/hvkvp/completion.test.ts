import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { beforeEach, describe, expect, it } from 'vitest';
import { usage } from '../../../src/process/arguments.ts';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { hvkvp, hvkvpProgram } from '../../support/hvkvp.ts';
import { needs, program } from '../../support/needs.ts';
import { record } from '../../unit/pools/support/open-pool.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Terminal } from '../../support/terminal.ts';

/** What bash offers for the last of the words. */
function offered(...words: readonly string[]): string[] {
  const script = `hvkvp() { "${process.execPath}" "${hvkvpProgram}" "$@"; }
${hvkvp(['completion', 'bash']).stdout}
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _hvkvp; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-uc', script, 'bash', 'hvkvp', ...words], { encoding: 'utf8' });
  return output.split('\n').filter(Boolean);
}

describe('completion in bash', () => {
  it('offers every command', () => {
    expect(offered('')).toEqual([...createProgram().commands.map((each) => each.name()), '--version', '--help']);
  });

  it.each([
    [
      ['ip', ''],
      ['show', 'plan', 'history', 'revert', '--help'],
    ],
    [
      ['get', '--po'],
      ['--pool-dir', '--pool'],
    ],
    [
      ['set', '--chunk', ''],
      ['ignition', 'cloud-init', 'azure-init', 'hlvmm', 'sap'],
    ],
    [['completion', 'z'], ['zsh']],
    [
      ['dump', 'auto-'],
      ['auto-external', 'auto-internal'],
    ],
    [['get', '--pool', 'g'], ['guest']],
    [['set', '--chunk', 'ignition', 'key', '--uns'], ['--unsafe']],
    [['list', '--config', ''], []],
    [['simulate', '--platform', 'f'], ['freebsd']],
  ])('offers for %j what may follow', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

describe('completion of keys in bash', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    const keys = ['VMId', 'VM Name', "VM'$(touch oops)`touch oops`"];
    writeFileSync(join(folder, '.kvp_pool_0'), Buffer.concat(keys.map((key) => record(key, 'value'))));
    writeFileSync(join(folder, '.kvp_pool_1'), Buffer.concat(['VMOwn', 'guest'].map((key) => record(key, 'value'))));
  });

  it.each([
    ['get', 'VMI'],
    ['list', 'VMI'],
    ['wait', '--timeout', '3', 'VMI'],
    ['watch', 'VMI'],
    ['delete', '--pool', 'external', 'Other', 'VMI'],
  ])('offers those that are there: %s', (command, ...words) => {
    expect(offered(command, '--pool-dir', folder, ...words)).toEqual(['VMId']);
  });

  it('offers those of the pool that is meant, and values of options before them', () => {
    expect(offered('delete', '--pool-dir', folder, 'VM')).toEqual(['VMOwn']);
    expect(offered('list', '--pool-dir', folder, 'gue')).toEqual(['guest', 'guest']);
    expect(offered('get', '--pool-dir', folder, 'VMOwn', 'VM')).toEqual([]);
    expect(offered('set', '--pool-dir', folder, 'VM')).toEqual(['VMOwn']);
    expect(offered('get', '--pool-dir', folder, '--a')).toEqual(['--all']);
  });

  it('quotes them, and runs nothing that is in them', () => {
    const keys = offered('get', '--pool-dir', folder, 'VM');
    const words = execFileSync('bash', ['-c', `printf '%s\\n' ${keys.join(' ')}`], { encoding: 'utf8' });
    expect(words.split('\n').slice(0, -1)).toEqual(['VMId', 'VM Name', "VM'$(touch oops)`touch oops`", 'VMOwn']);
    expect(offered('get', '--pool-dir', folder, 'VM\\ N')).toEqual(['VM\\ Name']);
    expect(existsSync('oops')).toBe(false);
  });
});

it.each(['bash', 'zsh'])(
  'completes what a person types at a prompt of %s: keys, and options of the daemon',
  async (name) => {
    needs(program(name));
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.kvp_pool_0'), record('VM Name', 'a value'));
    const words = name === 'zsh' ? ['zsh', '-f', '-i'] : ['bash', '--norc', '--noprofile', '-i'];
    const shell = new Terminal(words, { HISTFILE: '/dev/null' });
    const prepare = name === 'zsh' ? 'autoload -U compinit; compinit -u -D;' : '';
    shell.type(`${prepare} hvkvp() { "${process.execPath}" "${hvkvpProgram}" "$@"; }; hv_kvp_daemon() { echo "[$*]"; }; \
    eval "$(hvkvp completion ${name})"; echo re""ady\n`);
    await shell.shows('ready');
    shell.type(`hvkvp get --pool-dir ${folder} V\t\n`);
    await shell.shows('a value\n');
    shell.type('hv_kvp_daemon --check\t\n');
    await shell.shows('[--check-config]');
    shell.type('exit\n');
    expect(await shell.ended()).toBe(0);
  },
);

it('completes what a person types at a prompt of bash', async () => {
  const bash = new Terminal(['bash', '--norc', '--noprofile', '-i'], { HISTFILE: '/dev/null' });
  bash.type(`hvkvp() { ${process.execPath} ${hvkvpProgram} "$@"; }; eval "$(hvkvp completion bash)"; echo re""ady\n`);
  await bash.shows('ready');
  bash.type('hvkvp compl\tfi\t--js\t\n');
  await bash.shows('{"shell":"fish","script":');
  bash.type('exit\n');
  expect(await bash.ended()).toBe(0);
});

describe('completion in other shells', () => {
  it.each(['bash', 'zsh', 'fish'] as const)('is the script for %s in JSON too', (shell) => {
    const { stdout } = hvkvp(['completion', shell, '--json']);
    expect(JSON.parse(stdout)).toEqual({ shell, script: hvkvp(['completion', shell]).stdout });
  });

  it.each(['zsh', 'fish'] as const)('names every command and option in %s', (shell) => {
    const { stdout } = hvkvp(['completion', shell]);
    for (const name of namesOf(createProgram())) expect(stdout).toContain(name);
  });

  it.each(['bash', 'zsh', 'fish'] as const)('knows the daemon under both its names in %s', (shell) => {
    const { stdout } = hvkvp(['completion', shell]);
    for (const [, name = ''] of usage.matchAll(/--([a-z-]+)/g)) expect(stdout).toContain(name);
    expect(stdout).toMatch(/^complete .*\bhypervkvpd\b/m);
  });

  it.each(['zsh', 'fish'] as const)('is read by %s, if there is one', (shell) => {
    const { stdout } = hvkvp(['completion', shell]);
    const file = join(temporaryFolder(), 'script');
    writeFileSync(file, stdout);
    const { error, status, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    if (error === undefined) expect(status, stderr).toBe(0);
    // zsh takes a letter behind a colon for a modifier, but only when it runs.
    expect(stdout).not.toMatch(/\]:[^}]*:[A-Za-z]/);
  });
});

function namesOf(command: Command): string[] {
  const options = command.options.map(({ long }) => long?.replace('--', '') ?? '');
  return [...options, ...command.commands.flatMap((each) => [each.name(), ...namesOf(each)])];
}
