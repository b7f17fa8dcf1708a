import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../../../src/ip-information/backends/netplan/patch-yaml.ts';
import { blockText, flowText } from '../../../../../src/ip-information/backends/netplan/yaml-text.ts';
import {
  isEqual,
  isMap,
  type Tree,
  type TreeMap,
} from '../../../../../src/ip-information/backends/netplan/yaml-tree.ts';

async function patched(text: string, change: (tree: TreeMap) => Tree): Promise<string | undefined> {
  const file = await readYaml(text);
  if (file === undefined || !isMap(file.tree)) throw new Error('not a map');
  return file.patched(change(file.tree));
}

describe('a YAML file that is changed', () => {
  it.each([
    ['a value, whose comment stays', 'a: yes # so\nb: 007\n', { a: 'false', b: '007' }, 'a: false # so\nb: 007\n'],
    ['a key that goes', '# one\na: 1\n# two\nb: 2\n# three\n', { a: '1' }, '# one\na: 1\n# two\n# three\n'],
    [
      'a key that comes',
      'a:\n  b: 1 # one\nc: 2\n',
      { a: { b: '1', d: 'x' }, c: '2' },
      'a:\n  b: 1 # one\n  d: x\nc: 2\n',
    ],
    ['a key at the end of a file without newline', 'a: 1', { a: '1', b: '2' }, 'a: 1\nb: 2\n'],
    ['a key in braces', 'a: { b: 1, c: 2 }\n', { a: { c: '2', d: ['x'] } }, 'a: { c: 2, d: [x] }\n'],
    ['a key of nothing', 'a:\nb: 1\n', { a: { c: '1' }, b: '1' }, 'a: {c: 1}\nb: 1\n'],
    ['an item', 'a:\n- x # one\n- "y"\nb: 1\n', { a: ['z', 'y'], b: '1' }, 'a:\n- z # one\n- "y"\nb: 1\n'],
    ['an item that goes', 'a:\n  - x\n  # of y\n  - y\n', { a: ['x'] }, 'a:\n  - x\n  # of y\n'],
    ['an item between', 'a:\n  - x\n  - z\n', { a: ['x', 'y', 'z'] }, 'a:\n  - x\n  - y\n  - z\n'],
    ['an item before', 'a:\n  - z\n', { a: ['x', 'z'] }, 'a:\n  - x\n  - z\n'],
    ['an item in brackets', 'a: [ x,  y ]\n', { a: ['x', '2001:db8::1'] }, 'a: [ x,  "2001:db8::1" ]\n'],
    ['an item that is a map', 'a:\n- "x":\n    b: 1\n- y\n', { a: ['z', 'y'] }, 'a:\n- z\n- y\n'],
    ['a list that goes', 'a:\n- x\n- y\nb: 1\n', { a: [], b: '1' }, 'a: []\nb: 1\n'],
    ['a list that goes, whose comments stay', 'a:\n# x\n- x\n  # y\n- y # z\nb: 1\n', { b: '1' }, '# x\n  # y\nb: 1\n'],
    [
      'an item on a line of its own',
      'a: [\n  x, # one\n  y, # two\n]\n',
      { a: ['x', 'z'] },
      'a: [\n  x, # one\n  z, # two\n]\n',
    ],
    ['the first item in brackets', 'a: [ x,\n  y ]\n', { a: ['y'] }, 'a: [ y ]\n'],
    ['the last item in brackets', 'a: [\n  x, # one\n  y\n]\n', { a: ['x'] }, 'a: [\n  x # one\n  \n]\n'],
    ['the first item before a comment', 'a: [\n  x, # one\n  y\n]\n', { a: ['y'] }, 'a: [\n   # one\n  y\n]\n'],
    ['an item between in brackets', 'a: [x,\n z]\n', { a: ['x', 'y', 'z'] }, 'a: [x, y,\n z]\n'],
    ['an item before in brackets', 'a: [ z ]\n', { a: ['x', 'z'] }, 'a: [ x, z ]\n'],
    ['all keys in braces', 'a: { b: 1,\n  c: 2 }\n', { a: { d: '3' } }, 'a: { d: 3 }\n'],
    ['an alias', 'a: &one {b: 1}\nc: *one\n', { a: { b: '1' }, c: { b: '2' } }, 'a: &one {b: 1}\nc: {b: 2}\n'],
    [
      'bytes that are no ASCII',
      'a: f\u00fcr\nb: 1 # \u00e9\n',
      { a: 'f\u00fcr', b: '2' },
      'a: f\u00fcr\nb: 2 # \u00e9\n',
    ],
  ] as const)('has only the bytes of %s changed', async (_, text, wanted, expected) => {
    expect(await patched(text, () => wanted)).toBe(expected);
  });

  it('is given up where an anchor would change what others say', async () => {
    expect(await patched('a: &one {b: 1}\nc: *one\n', () => ({ a: { b: '2' }, c: { b: '1' } }))).toBeUndefined();
  });

  it('says what it shall, and is as it was where it says so already', async () => {
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc.constantFrom('true', '007', '1e10', 'a b', '10.0.0.4/24', '2001:db8::4/64', 'on', "it's", 'x: y', '- z'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('dhcp4', 'to', 'via', '10.0.0.4/24', 'a b'), tie('tree'), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
      ),
    }));
    const map = fc.dictionary(fc.constantFrom('eth0', 'eth1', 'x'), tree, { noNullPrototype: true, minKeys: 1 });
    const property = fc.asyncProperty(map, map, fc.boolean(), async (former, wanted, isFlow) => {
      const text = isFlow ? `${flowText(former)}\n` : `# first\n${blockText(former)}# last\n`;
      const file = await readYaml(text);
      if (file === undefined) throw new Error(`not YAML: ${text}`);
      expect(isEqual(file.tree, former)).toBe(true);
      expect(file.patched(former)).toBe(text);
      const next = file.patched(wanted);
      expect(next, text).toBeDefined();
    });
    await fc.assert(property, { numRuns: 300 });
  });
});
