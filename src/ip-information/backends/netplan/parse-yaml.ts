import type * as YamlModule from 'yaml';
import type { Document, Node } from 'yaml';
import type { Tree } from './yaml-tree.ts';

export type Yaml = typeof YamlModule;

/** What no file of netplan's comes near. YAML can be made so that reading it takes for ever: what is beyond is taken for none. */
const most = { length: 64 * 1024, depth: 32, aliases: 100 };
const aliasForm = /(?<![^\s[\]{},:])\*[^\s[\]{},]/g;

/** Undefined if it is not YAML, or beyond what is read. */
export function parse(
  yaml: Yaml,
  text: string,
): { readonly document: Document.Parsed; readonly tree: Tree } | undefined {
  if (text.length > most.length || (text.match(aliasForm) ?? []).length > most.aliases) return undefined;
  if (!isShallow(yaml, text)) return undefined;
  const options = { schema: 'failsafe', keepSourceTokens: true, uniqueKeys: true, logLevel: 'error' } as const;
  try {
    const document = yaml.parseDocument(text, options);
    if (document.errors.length > 0) return undefined;
    const tree = treeOf(document, document.contents);
    return isWithin(tree, most.depth) ? { document, tree } : undefined;
  } catch (error) {
    // Beyond the stack, or aliases that multiply.
    if (error instanceof RangeError || error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Looked at before the text is parsed, which takes the stack: near its end, V8 ends the process. */
function isShallow(yaml: Yaml, text: string): boolean {
  const parser = new yaml.Parser();
  for (const lexeme of new yaml.Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > 2 * most.depth) return false;
  }
  return true;
}

/** Whether nothing is deeper, or null, as a key of "? " without a value has. What is part of itself, by an alias, has no end. */
function isWithin(tree: Tree | null, depth: number): boolean {
  if (tree === null) return false;
  if (typeof tree === 'string') return true;
  return depth > 0 && Object.values(tree).every((child: Tree | null) => isWithin(child, depth - 1));
}

export function treeOf(document: Document, node: Node | null): Tree {
  // By the failsafe schema there are strings, lists and maps with strings as keys, and null where there is nothing at all.
  return (node?.toJS(document) ?? '') as Tree;
}
