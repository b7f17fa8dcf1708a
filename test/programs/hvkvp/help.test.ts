import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { examples } from '../../../src/hvkvp/examples.ts';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { hvkvp } from '../../support/hvkvp.ts';

const commands = namesOf(createProgram());
const leaves = commands.filter((name) => !commands.some((other) => other.startsWith(`${name} `)));

function namesOf(command: Command, above = ''): readonly string[] {
  return command.commands.flatMap((each) => {
    const name = `${above}${each.name()}`;
    return [name, ...namesOf(each, `${name} `)];
  });
}

describe('the help of hvkvp', () => {
  it('has each command in a group', () => {
    const groups = hvkvp(['--help'])
      .stdout.split(/\n\n(?=[A-Z].*:\n)/)
      .slice(1);
    const shown = groups.map((group) => [group.split('\n')[0], ...(group.match(/^ {2}([a-z-]+)/gm) ?? [])].join(' '));
    expect(shown).toMatchSnapshot();
  });

  // The others have theirs in the same way, as the next test tells.
  it.each(['list', 'is-stale', 'ip', 'ip plan', 'report'])('of %s ends in examples', (name) => {
    const { status, stdout } = hvkvp([...name.split(' '), '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`\\nExamples:\\n(?:.*\\n)*? {2}.*hvkvp ${name}\\b`));
  });

  it('has examples of commands that exist, and of no other', () => {
    expect(Object.keys(examples).sort()).toEqual([...leaves].sort());
  });

  it('tells what a command has of its own before what many have', () => {
    const { stdout } = hvkvp(['get', '--help']);
    const places = ['--chunk', '--no-newline', 'Common options:', '--pool-dir'].map((text) => stdout.indexOf(text));
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });
});
