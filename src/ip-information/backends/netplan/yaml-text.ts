import { isMap, type Tree, type TreeMap } from './yaml-tree.ts';

/** A tree on one line. */
export function flowText(tree: Tree): string {
  if (typeof tree === 'string') return scalarText(tree);
  if (!isMap(tree)) return `[${tree.map(flowText).join(', ')}]`;
  return `{${Object.entries(tree)
    .map(([key, value]) => `${scalarText(key)}: ${flowText(value)}`)
    .join(', ')}}`;
}

/** A map by lines. */
export function blockText(map: TreeMap, indent = ''): string {
  return Object.entries(map)
    .map(([key, value]) => `${indent}${scalarText(key)}:${blockValue(value, indent)}\n`)
    .join('');
}

function blockValue(tree: Tree, indent: string): string {
  if (isMap(tree) && Object.keys(tree).length > 0) return `\n${blockText(tree, `${indent}  `).trimEnd()}`;
  if (typeof tree === 'string' || isMap(tree) || tree.length === 0) return ` ${flowText(tree)}`;
  return tree.map((item) => `\n${indent}  - ${flowText(item)}`).join('');
}

/** What every reader of YAML takes for one scalar, in lists between brackets, too. */
const plain = /^(?:[A-Za-z][\w./-]*|\d[\d./A-Za-z_-]*)$/;

function scalarText(text: string): string {
  return plain.test(text) ? text : JSON.stringify(text);
}
