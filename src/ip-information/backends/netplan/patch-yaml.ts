import type { Document, Node, Pair } from 'yaml';
import { latePart } from '../../../platform/late-part.ts';
import { parse, treeOf, type Yaml } from './parse-yaml.ts';
import { flowText } from './yaml-text.ts';
import { isEqual, isMap as isTreeMap, type Tree, type TreeMap } from './yaml-tree.ts';

/** A range of the text, and what takes its place. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A YAML file that can be changed. */
export interface YamlFile {
  readonly tree: Tree;
  /** The comment behind the value at a path. */
  readonly remarkAt: (path: readonly string[]) => string | undefined;
  /**
   * The text that says something else, with every byte that need not change; undefined if the text cannot be changed so. What it says
   * by lines of its own gets the comment that `remarks` has for its key.
   */
  patched(wanted: Tree, remarks?: ReadonlyMap<string, string>): string | undefined;
}

const parser = latePart(() => import('yaml'));

/** Undefined if it is not YAML. */
export async function readYaml(text: string): Promise<YamlFile | undefined> {
  const yaml = await parser();
  const parsed = parse(yaml, text);
  if (parsed === undefined) return undefined;
  const { document, tree } = parsed;
  return {
    tree,
    remarkAt(path) {
      const node = document.getIn(path, true);
      return yaml.isScalar(node) ? (node.comment ?? undefined) : undefined;
    },
    patched(wanted, remarks = new Map()) {
      const patch = new Patch(yaml, document, text, remarks);
      const next = apply(text, 0, text.length, patch.node(document.contents, wanted));
      const after = parse(yaml, next);
      // Another reading of what is there, such as an alias of what was changed, shows here.
      return after !== undefined && isEqual(after.tree, wanted) ? next : undefined;
    },
  };
}

/** Finds the edits that make a node say something else. */
class Patch {
  readonly #yaml: Yaml;
  readonly #document: Document;
  readonly #text: string;
  readonly #remarks: ReadonlyMap<string, string>;

  constructor(yaml: Yaml, document: Document, text: string, remarks: ReadonlyMap<string, string>) {
    this.#yaml = yaml;
    this.#remarks = remarks;
    this.#document = document;
    this.#text = text;
  }

  node(node: Node | null, wanted: Tree): readonly Edit[] {
    if (node === null || isEqual(treeOf(this.#document, node), wanted)) return [];
    const { isMap, isSeq } = this.#yaml;
    if (isMap<Node, Node | null>(node) && isTreeMap(wanted) && Object.keys(wanted).length > 0) {
      return node.flow ? this.#flow(node, this.#mapParts(node.items, wanted)) : this.#blockMap(node.items, wanted);
    }
    if (isSeq<Node>(node) && typeof wanted !== 'string' && !isTreeMap(wanted) && wanted.length > 0) {
      const aligned = align(
        node.items.map((item) => treeOf(this.#document, item)),
        wanted,
      );
      if (!node.flow) return this.#blockList(node.items, aligned);
      const parts = aligned.flatMap(([index, next]) =>
        next === undefined ? [] : [this.#part(node.items[index], next)],
      );
      return this.#flow(node, parts);
    }
    return [{ from: startOf(node), to: this.#endOf(node), text: flowText(wanted) }];
  }

  #blockMap(pairs: readonly Pair<Node, Node | null>[], wanted: TreeMap): readonly Edit[] {
    const present = pairs.map((pair) => keyOf(pair));
    const added = Object.entries(wanted).filter(([key]) => !present.includes(key));
    const changed = pairs.flatMap((pair) => {
      const value = wanted[keyOf(pair)];
      return value === undefined ? [this.#lines(startOf(pair.key), this.#pairEnd(pair))] : this.#pair(pair, value);
    });
    const last = pairs.at(-1);
    if (added.length === 0 || last === undefined) return changed;
    const indent = ' '.repeat(this.#column(startOf(last.key)));
    const lines = added.map(([key, value]) => {
      const remark = this.#remarks.get(key);
      return `${indent}${flowText(key)}: ${flowText(value)}${remark === undefined ? '' : ` #${remark}`}\n`;
    });
    return [...changed, this.#insertion(this.#pairEnd(last), lines.join(''))];
  }

  #pair(pair: Pair<Node, Node | null>, value: Tree): readonly Edit[] {
    const node = pair.value;
    const { isCollection } = this.#yaml;
    const isBlock = isCollection(node) && node.flow !== true;
    const isKept = isBlock && Object.keys(value).length > 0 && isTreeMap(value) === this.#yaml.isMap(node);
    if (node !== null && startOf(node) !== this.#endOf(node) && (!isBlock || (isKept && typeof value !== 'string'))) {
      return this.node(node, value);
    }
    if (isEqual(treeOf(this.#document, node), value)) return [];
    const colon = this.#text.indexOf(':', endOf(pair.key));
    return [{ from: colon + 1, to: Math.max(colon + 1, this.#pairEnd(pair)), text: ` ${flowText(value)}` }];
  }

  #blockList(items: readonly Node[], aligned: readonly Aligned[]): readonly Edit[] {
    const [first] = items;
    if (first === undefined) return [];
    const start = this.#dashOf(first);
    const indent = ' '.repeat(this.#column(start));
    let end = this.#lineStart(start);
    return aligned.flatMap(([index, next]) => {
      const item = items[index];
      if (item === undefined) return next === undefined ? [] : [this.#insertion(end, `${indent}- ${flowText(next)}\n`)];
      end = this.#endOf(item);
      return next === undefined ? [this.#lines(this.#dashOf(item), end)] : this.node(item, next);
    });
  }

  #mapParts(pairs: readonly Pair<Node, Node | null>[], wanted: TreeMap): readonly string[] {
    const present = pairs.map((pair) => keyOf(pair));
    const kept = pairs.flatMap((pair) => {
      const value = wanted[keyOf(pair)];
      if (value === undefined) return [];
      return [apply(this.#text, startOf(pair.key), this.#pairEnd(pair), this.#pair(pair, value))];
    });
    const added = Object.entries(wanted).filter(([key]) => !present.includes(key));
    return [...kept, ...added.map(([key, value]) => `${flowText(key)}: ${flowText(value)}`)];
  }

  #part(item: Node | undefined, next: Tree): string {
    return item === undefined
      ? flowText(next)
      : apply(this.#text, startOf(item), this.#endOf(item), this.node(item, next));
  }

  /** Between brackets or braces, with the blanks that are inside of them. */
  #flow(node: Node, parts: readonly string[]): readonly Edit[] {
    const [from, to] = [startOf(node), this.#endOf(node)];
    const inner = this.#text.slice(from + 1, to - 1);
    const open = inner.slice(0, inner.length - inner.trimStart().length);
    const close = inner.trim() === '' ? '' : inner.slice(inner.trimEnd().length);
    const [first = '', last = ''] = [this.#text[from], this.#text[to - 1]];
    return [{ from, to, text: `${first}${open}${parts.join(', ')}${close}${last}` }];
  }

  /** Removes whole lines. */
  #lines(from: number, to: number): Edit {
    return { from: this.#lineStart(from), to: this.#lineEnd(to), text: '' };
  }

  #insertion(after: number, lines: string): Edit {
    const at = this.#lineEnd(after);
    const isOpen = this.#text[at - 1] !== '\n';
    return { from: at, to: at, text: isOpen ? `\n${lines}` : lines };
  }

  #dashOf(item: Node): number {
    return this.#text.lastIndexOf('-', startOf(item) - 1);
  }

  #lineStart(position: number): number {
    return this.#text.lastIndexOf('\n', position - 1) + 1;
  }

  /** The start of the next line. */
  #lineEnd(position: number): number {
    if (this.#text[position - 1] === '\n') return position;
    const end = this.#text.indexOf('\n', position);
    return end < 0 ? this.#text.length : end + 1;
  }

  #column(position: number): number {
    return position - this.#lineStart(position);
  }

  #pairEnd(pair: Pair<Node, Node | null>): number {
    return pair.value === null ? endOf(pair.key) : Math.max(endOf(pair.key), this.#endOf(pair.value));
  }

  /** Where the last scalar ends: a block reaches up to what comes next. */
  #endOf(node: Node): number {
    const { isMap, isSeq } = this.#yaml;
    const last = isMap<Node, Node | null>(node) ? node.items.at(-1) : undefined;
    if (last !== undefined && isMap(node) && !node.flow) return this.#pairEnd(last);
    const item = isSeq<Node>(node) && !node.flow ? node.items.at(-1) : undefined;
    return item === undefined ? endOf(node) : this.#endOf(item);
  }
}

/** An item of a list, by its place if it is there already, and what it shall be; undefined: it goes. */
type Aligned = readonly [number, Tree | undefined];

/** Items that are equal at both ends stay; those between take one another's place. */
function align(former: readonly Tree[], wanted: readonly Tree[]): readonly Aligned[] {
  const start = commonLength(former, wanted);
  const end = commonLength(former.slice(start).reverse(), wanted.slice(start).reverse());
  const middle = former.slice(start, former.length - end).map((_, index) => start + index);
  const next = wanted.slice(start, wanted.length - end);
  return [
    ...former.slice(0, start).map((item, index) => [index, item] as const),
    ...middle.map((index, place) => [index, next[place]] as const),
    ...next.slice(middle.length).map((item) => [former.length, item] as const),
    ...former.slice(former.length - end).map((item, index) => [former.length - end + index, item] as const),
  ];
}

function commonLength(one: readonly Tree[], other: readonly Tree[]): number {
  const first = one.findIndex((item, index) => {
    const match = other[index];
    return match === undefined || !isEqual(item, match);
  });
  return first < 0 ? one.length : first;
}

function apply(text: string, from: number, to: number, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((one, next) => one.from - next.from || one.to - next.to);
  let position = from;
  const parts = ordered.map((edit) => {
    const part = text.slice(position, Math.max(position, edit.from)) + edit.text;
    position = Math.max(position, edit.to);
    return part;
  });
  return parts.join('') + text.slice(position, to);
}

function keyOf(pair: Pair<Node, Node | null>): string {
  return String(pair.key);
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

function endOf({ range }: Node): number {
  return range?.[1] ?? 0;
}
