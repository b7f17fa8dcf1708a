import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/command-line/program.ts';
import { hvkvp } from '../support/hvkvp.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
  });
});

function namesOf(command: Command): string[] {
  const options = command.options.map(({ long }) => long?.replace('--', '') ?? '');
  return [...options, ...command.commands.flatMap((each) => [each.name(), ...namesOf(each)])];
}
