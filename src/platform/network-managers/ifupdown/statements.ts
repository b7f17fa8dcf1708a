import { type Line, type Range, readLines, type Word } from './lines.ts';

/** The definition of a logical interface: `iface`, with its options. */
export interface Stanza extends Range {
  readonly kind: 'iface';
  readonly path: string;
  readonly heading: Line;
  readonly name: string;
  readonly family: Word | undefined;
  readonly method: Word | undefined;
  readonly inherits: Word | undefined;
  readonly options: readonly Line[];
}

/** What is brought up, and when: `auto` and `allow-…`. */
export interface Selection extends Range {
  readonly kind: 'selection';
  readonly path: string;
  readonly words: readonly Word[];
}

/** A program that chooses the logical interface. */
export interface Mapping extends Range {
  readonly kind: 'mapping';
  readonly path: string;
  readonly patterns: readonly string[];
  readonly script: string;
  readonly maps: readonly string[];
}

export interface Inclusion extends Range {
  readonly kind: 'source';
  readonly path: string;
  readonly isFolder: boolean;
  readonly pattern: string;
}

export type Statement = Stanza | Selection | Mapping | Inclusion;

/** What a file of interfaces(5) says, in its order. */
export function readStatements(text: string, path: string): readonly Statement[] {
  const blocks: [Line, ...Line[]][] = [];
  for (const line of readLines(text)) {
    const block = blocks.at(-1);
    if (block === undefined || keyword.test(line.words[0].text)) blocks.push([line]);
    else block.push(line);
  }
  return blocks.flatMap(([heading, ...options]) => statementOf(heading, options, path) ?? []);
}

/** "interface" is ifupdown-ng's. */
const keyword =
  /^(iface|interface|template|mapping|auto|allow-.*|no-auto-down|no-scripts|rename|source|source-dir\w*)$/;

function statementOf(heading: Line, options: readonly Line[], path: string): Statement | undefined {
  const [{ text: kind }, ...words] = heading.words;
  const range = { path, start: heading.start, end: options.at(-1)?.end ?? heading.end };
  if (/^(iface|interface|template)$/.test(kind)) {
    return { kind: 'iface', ...range, ...definition(words), heading, options };
  }
  if (kind === 'auto' || kind.startsWith('allow-')) return { kind: 'selection', ...range, words };
  if (kind === 'source') return { kind, ...range, isFolder: false, pattern: heading.value.text };
  if (kind.startsWith('source-dir')) return { kind: 'source', ...range, isFolder: true, pattern: heading.value.text };
  if (kind !== 'mapping') return undefined;
  const valuesOf = (name: string): readonly string[] =>
    options.filter(({ words: [first] }) => first.text === name).map(({ value }) => value.text);
  const patterns = words.map(({ text }) => text);
  return { kind, ...range, patterns, script: valuesOf('script').at(-1) ?? '', maps: valuesOf('map') };
}

/** `NAME [FAMILY [METHOD]] [inherits OTHER]`; "inherit" is busybox's. */
function definition(words: readonly Word[]): Pick<Stanza, 'name' | 'family' | 'method' | 'inherits'> {
  const at = words.findIndex(({ text }, index) => index > 0 && /^inherits?$/.test(text));
  const [name, family, method] = at < 0 ? words : words.slice(0, at);
  return { name: name?.text ?? '', family, method, inherits: at < 0 ? undefined : words[at + 1] };
}
