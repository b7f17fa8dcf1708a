import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAssignments } from '../../../src/platform/assignments.ts';

describe('parseAssignments', () => {
  it.each([
    ['NAME=Fedora', 'Fedora'],
    ['NAME="Debian GNU/Linux"', 'Debian GNU/Linux'],
    ["NAME='openSUSE Leap'", 'openSUSE Leap'],
    ['NAME="a \\"b\\" \\$c \\`d\\` \\\\ \\e"', 'a "b" $c `d` \\ \\e'],
    ["NAME='it is $HOME \\n'", 'it is $HOME \\n'],
    ['NAME=two\\ words', 'two words'],
    ['NAME=mixed" and "\'quoted\'', 'mixed and quoted'],
    ['NAME=', ''],
    ['NAME=""', ''],
    ['  NAME=indented', 'indented'],
    ['export NAME=exported', 'exported'],
    ['NAME=value # comment', 'value'],
    ['NAME=windows\r', 'windows'],
    ['NAME= # comment', ''],
    ['NAME="never closed', ''],
  ])('takes %j for %j', (text, value) => {
    expect(parseAssignments(text).get('NAME')).toBe(value);
  });

  it('passes over comments, empty lines and what is no assignment, and lets the last of a name win', () => {
    const text = '# NAME=no\n\nNAME=first\nnot an assignment\n2ND=no\nNAME=second\n';
    expect([...parseAssignments(text)]).toEqual([['NAME', 'second']]);
  });

  it('agrees with a shell on whatever stands in double quotes', () => {
    const words = fc.array(fc.constantFrom('a', ' ', '\\"', '\\\\', '\\$', '#', "'", 'ü', '\\x'));
    fc.assert(
      fc.property(words, (parts) => {
        const text = `NAME="${parts.join('')}"`;
        const shell = execFileSync('bash', ['-c', `${text}; printf %s "$NAME"`], { encoding: 'utf8' });
        expect(parseAssignments(text).get('NAME')).toBe(shell);
      }),
      { numRuns: 30 },
    );
  });

  it('makes something of every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...parseAssignments(`A=1\n${text}\nZ=2`).keys()]).toEqual(expect.arrayContaining(['A', 'Z']));
      }),
    );
  });
});
