import type { Document, Node, Pair } from 'yaml';
import { byteOrderMark } from '../../../platform/byte-order-mark.ts';
import { latePart } from '../../../platform/late-part.ts';
import { align, type Aligned } from './align.ts';
import { type FlowEntry, flowEdits } from './flow-edits.ts';
import { parse, treeOf, type Yaml } from './parse-yaml.ts';
import { applied, type Edit } from './text-edits.ts';
import { flowText } from './yaml-text.ts';
import { isEqual, isMap as isTreeMap, type Tree, type TreeMap } from './yaml-tree.ts';

/** A YAML file that can be changed. */
export interface YamlFile {
  readonly tree: Tree;
  /** What comes behind the value at a path in its line; "" if there is none. */
  readonly behind: (path: readonly string[]) => string;
  /**
   * The text that says something else, with every byte that need not change, and with remarks; undefined if the text cannot be changed
   * so.
   */
  patched(wanted: Tree, remarks?: Remarks): string | undefined;
}

/** Comments behind values of maps, by which their writer knows them again. */
export interface Remarks {
  /** With its blank, of a value that comes or takes the place of another; "" for none. */
  of(key: string, value: Tree, former: string | undefined): string;
  /** What each of them is like. */
  readonly form: RegExp;
}

const noRemarks: Remarks = { of: () => '', form: /(?!)/ };

const parser = latePart(() => import('yaml'));

/** Undefined if it is not YAML. */
export async function readYaml(whole: string): Promise<YamlFile | undefined> {
  const yaml = await parser();
  const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = whole.slice(mark.length);
  const parsed = parse(yaml, text);
  if (parsed === undefined) return undefined;
  const { document, tree } = parsed;
  return {
    tree,
    behind(path) {
      const node = document.getIn(path, true);
      return yaml.isScalar(node) ? (text.slice(node.range?.[1]).split('\n', 1)[0] ?? '') : '';
    },
    patched(wanted, remarks = noRemarks) {
      const patch = new Patch(yaml, document, text, remarks);
      const next = applied(text, 0, text.length, patch.node(document.contents, wanted));
      const after = parse(yaml, next);
      // Another reading of what is there, such as an alias of what was changed, shows here.
      return after !== undefined && isEqual(after.tree, wanted) ? mark + next : undefined;
    },
  };
}

/** Finds the edits that make a node say something else. */
class Patch {
  readonly #yaml: Yaml;
  readonly #document: Document;
  readonly #text: string;
  readonly #remarks: Remarks;

  constructor(yaml: Yaml, document: Document, text: string, remarks: Remarks) {
    this.#yaml = yaml;
    this.#remarks = remarks;
    this.#document = document;
    this.#text = text;
  }

  node(node: Node | null, wanted: Tree): readonly Edit[] {
    if (node === null || isEqual(treeOf(this.#document, node), wanted)) return [];
    const { isMap, isSeq } = this.#yaml;
    if (isMap<Node, Node | null>(node) && isTreeMap(wanted) && Object.keys(wanted).length > 0) {
      if (node.flow) return this.#flow(node, wanted, this.#flowMap(node, node.items, wanted));
      return this.#blockMap(node.items, wanted);
    }
    if (isSeq<Node>(node) && typeof wanted !== 'string' && !isTreeMap(wanted) && wanted.length > 0) {
      const aligned = align(
        node.items.map((item) => treeOf(this.#document, item)),
        wanted,
      );
      if (!node.flow) return this.#blockList(node.items, aligned);
      return this.#flow(node, wanted, this.#flowList(node.items, aligned));
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
      return `${indent}${flowText(key)}: ${flowText(value)}${this.#remarks.of(key, value, undefined)}\n`;
    });
    return [...changed, this.#insertion(this.#pairEnd(last), lines.join(''))];
  }

  /** `end`: what comes behind a comment, which reaches to the end of a line. */
  #pair(pair: Pair<Node, Node | null>, value: Tree, end = ''): readonly Edit[] {
    const node = pair.value;
    const { isCollection, isScalar } = this.#yaml;
    if (isEqual(treeOf(this.#document, node), value)) return [];
    const isBlock = isCollection(node) && node.flow !== true;
    const isKept = isBlock && Object.keys(value).length > 0 && isTreeMap(value) === this.#yaml.isMap(node);
    if (node !== null && startOf(node) !== this.#endOf(node) && (!isBlock || (isKept && typeof value !== 'string'))) {
      if (!isScalar<string>(node) || typeof value !== 'string') return this.node(node, value);
      const remark = this.#remarks.of(keyOf(pair), value, node.value);
      const text = `${flowText(value)}${remark}${remark === '' ? '' : end}`;
      return [{ from: startOf(node), to: this.#remarkEnd(endOf(node), end), text }];
    }
    const colon = this.#text.indexOf(':', endOf(pair.key));
    return [{ from: colon + 1, to: Math.max(colon + 1, this.#pairEnd(pair)), text: ` ${flowText(value)}` }];
  }

  /** Behind the remark that comes behind a position, if there is one. */
  #remarkEnd(position: number, end: string): number {
    const [remark] = this.#remarks.form.exec(this.#text.slice(position).split('\n', 1)[0] ?? '') ?? [];
    if (remark === undefined) return position;
    const behind = position + remark.length;
    return this.#text.startsWith(end, behind) ? behind + end.length : behind;
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

  #flowMap(node: Node, pairs: readonly Pair<Node, Node | null>[], wanted: TreeMap): readonly (FlowEntry | string)[] {
    const end = `\n${' '.repeat(this.#column(startOf(node)))}`;
    const present = pairs.map((pair) => {
      const value = wanted[keyOf(pair)];
      const to = this.#remarkEnd(this.#pairEnd(pair), end);
      return { from: startOf(pair.key), to, edits: value === undefined ? undefined : this.#pair(pair, value, end) };
    });
    const keys = pairs.map((pair) => keyOf(pair));
    const added = Object.entries(wanted).filter(([key]) => !keys.includes(key));
    return [
      ...present,
      ...added.map(([key, value]) => {
        const remark = this.#remarks.of(key, value, undefined);
        return `${flowText(key)}: ${flowText(value)}${remark}${remark === '' ? '' : end}`;
      }),
    ];
  }

  #flowList(items: readonly Node[], aligned: readonly Aligned[]): readonly (FlowEntry | string)[] {
    return aligned.map(([index, next]) => {
      const item = items[index];
      if (item === undefined) return flowText(next ?? '');
      return {
        from: startOf(item),
        to: this.#endOf(item),
        edits: next === undefined ? undefined : this.node(item, next),
      };
    });
  }

  /** Empty brackets have nothing that could stay. */
  #flow(node: Node, wanted: Tree, entries: readonly (FlowEntry | string)[]): readonly Edit[] {
    if (entries.some((entry) => typeof entry !== 'string')) return flowEdits(this.#text, entries);
    return [{ from: startOf(node), to: this.#endOf(node), text: flowText(wanted) }];
  }

  /** Removes whole lines, but not those of comments. */
  #lines(start: number, end: number): Edit {
    const [from, to] = [this.#lineStart(start), this.#lineEnd(end)];
    const comments = this.#text.slice(from, to).match(/^[ \t]*#.*\n?/gm) ?? [];
    return { from, to, text: comments.join('') };
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

function keyOf(pair: Pair<Node, Node | null>): string {
  return String(pair.key);
}

function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

function endOf({ range }: Node): number {
  return range?.[1] ?? 0;
}
