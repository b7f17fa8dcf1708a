import { inheritedOptions, methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { Edit } from './edits.ts';
import { mtuHookFor, withoutSpentHooks } from './link-options.ts';

export type Family = 'inet' | 'inet6';

/** Options by name; those that go are undefined. */
export type Values = ReadonlyMap<string, string | undefined>;

/** What a stanza shall say; all else in it stays. */
export interface StanzaChange {
  readonly stanza: Stanza;
  readonly family: Family;
  readonly method: string;
  readonly values: Values;
  /** A hook that comes beside those that there are. */
  readonly hook?: readonly [name: string, value: string];
}

export function editsOf(change: StanzaChange, stanzas: readonly Stanza[]): readonly Edit[] {
  const { stanza, method, values } = change;
  const mtuHook = mtuHookFor(stanza, method, stanzas);
  const inherited = inheritedOptions(stanza, stanzas);
  // An option of what it extends would be put together with its own.
  const isCutOff = inherited.some((option) => values.has(nameOf(option)));
  const taken = isCutOff ? inherited.filter((option) => !values.has(nameOf(option))) : [];
  const added = [
    ...taken.map((option) => [nameOf(option), option.value.text] as const),
    ...Array.from(values).filter(([name]) => !stanza.options.some((option) => nameOf(option) === name)),
    ...[mtuHook, change.hook].filter((hook) => hook !== undefined),
  ];
  return [
    ...headingEdits(change, stanzas, isCutOff),
    ...stanza.options.flatMap((option) => optionEdits(option, stanza, values)),
    ...withoutSpentHooks(stanza, method),
    ...insertion(stanza, added),
  ];
}

/** The lines of a stanza that is not there yet. */
export function stanzaText(name: string, family: Family, method: string, values: Values): string {
  return `iface ${name} ${family} ${method}\n${optionLines(Array.from(values), usualIndent)}`;
}

/** Takes a stanza away with the blank line before it, but not the comments in it: a file must not grow by each change there and back. */
export function removal({ heading, options }: Stanza, text: string): readonly Edit[] {
  const { start, end } = heading;
  const before = text.slice(0, start).endsWith('\n\n') ? 1 : 0;
  return [{ start: start - before, end }, ...options].map((range) => ({
    start: range.start,
    end: range.end,
    text: '',
  }));
}

const usualIndent = '    ';

function headingEdits(
  { stanza, family, method }: StanzaChange,
  stanzas: readonly Stanza[],
  isCutOff: boolean,
): readonly Edit[] {
  const { inherits, method: word, family: familyWord, heading } = stanza;
  const edits: Edit[] = [];
  if (word !== undefined && word.text !== method) edits.push({ ...word, text: method });
  const end = (word ?? familyWord ?? heading.words[1] ?? heading.words[0]).end;
  if (word === undefined && (isCutOff || methodOf(stanza, stanzas) !== method)) {
    edits.push({ start: end, end, text: `${familyWord === undefined ? ` ${family}` : ''} ${method}` });
  }
  if (isCutOff && inherits !== undefined) edits.push({ start: end, end: inherits.end, text: '' });
  return edits;
}

/** Of an option that is there several times the last counts. */
function optionEdits(option: Stanza['heading'], { options }: Stanza, values: Values): readonly Edit[] {
  const name = nameOf(option);
  if (!values.has(name)) return [];
  const value = values.get(name);
  const isLast = options.findLast((other) => nameOf(other) === name) === option;
  if (value === undefined || !isLast) return [{ start: option.start, end: option.end, text: '' }];
  const text = option.value.text === '' ? ` ${value}` : value;
  return option.value.text === value ? [] : [{ start: option.value.start, end: option.value.end, text }];
}

function insertion(
  { heading, options }: Stanza,
  added: readonly (readonly [string, string | undefined])[],
): readonly Edit[] {
  const lines = optionLines(added, options[0]?.indent ?? usualIndent);
  if (lines === '') return [];
  const at = (options.findLast((option) => nameOf(option) === 'address') ?? heading).end;
  return [{ start: at, end: at, text: lines }];
}

function optionLines(options: readonly (readonly [string, string | undefined])[], indent: string): string {
  return options.flatMap(([name, value]) => (value === undefined ? [] : `${indent}${name} ${value}\n`)).join('');
}
