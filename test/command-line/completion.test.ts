import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/command-line/program.ts';
import { hvkvp, hvkvpProgram } from '../support/hvkvp.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { Terminal } from '../support/terminal.ts';

/** What bash offers for the last of the words. */
function offered(...words: readonly string[]): string[] {
  const script = `${hvkvp(['completion', 'bash']).stdout}
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
      ['show', 'plan', '--help'],
    ],
    [
      ['get', '--po'],
      ['--pool-dir', '--pool'],
    ],
    [
      ['set', '--chunk', ''],
      ['ignition', 'cloud-init', 'azure-init', 'hlvmm'],
    ],
    [['completion', 'z'], ['zsh']],
    [['set', '--chunk', 'ignition', 'key', '--uns'], ['--unsafe']],
    [['list', '--config', ''], []],
    [['simulate', '--platform', 'f'], ['freebsd']],
  ])('offers for %j what may follow', (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });
});

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
