import { methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import { type Interfaces, mainFile } from '../../../platform/network-managers/ifupdown/interfaces.ts';
import { isNg } from '../../../platform/network-managers/ifupdown/ng-form.ts';
import type { IfupdownProgram } from '../../../platform/network-managers/ifupdown/program.ts';
import { readStatements, type Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import { fileModes, type Impossible, type PlannedFile } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { aliasChanges } from './aliases.ts';
import { edited } from './edits.ts';
import type { FileEdit, Home } from './home.ts';
import { withNameServers } from './name-servers.ts';
import { advertisementsHook, isSpentHook } from './link-options.ts';
import { idleDhcpOptions, ngEdits } from './ng-edits.ts';
import { editsOf, removal, type StanzaChange, stanzaText } from './stanza-change.ts';
import { familyWords, type NewStanza, strangeMethod, type Wish, wishOf } from './wished-stanzas.ts';

/** The files with the stanzas that a proposal makes of an adapter's. */
export function plannedFiles(
  proposal: Proposal,
  { texts, stanzas }: Interfaces,
  home: Home,
  { program, acceptRa }: { readonly program: IfupdownProgram; readonly acceptRa: string | undefined },
): readonly PlannedFile[] | Impossible {
  const copy = home.copied.map((stanza) => copyOf(stanza, home.logical, texts.get(stanza.path) ?? '')).join('\n');
  const copies = readStatements(copy, copyPath).filter((statement) => statement.kind === 'iface');
  const own = copies.length > 0 ? copies : stanzas.filter(({ name }) => name === home.logical);
  const all = [...stanzas, ...copies];
  const leavesDhcp = proposal.families.includes('ipv4') && !proposal.dhcp;
  const idle = program === 'ifupdown-ng' && leavesDhcp ? idleDhcpOptions(own) : [];
  const [first, ...others] = own;
  if (first !== undefined && own.some((stanza) => isNg(stanza, all))) {
    if (copies.length > 0) {
      return { impossible: 'its stanza is in the form of ifupdown-ng, and others are brought up by it' };
    }
    const ng = ngEdits(proposal, [first, ...others], all);
    return 'impossible' in ng ? ng : filesOf(texts, [...home.edits, ...idle, ...ng]);
  }
  const strange = proposal.families
    .map((family) => strangeMethod(familyWords[family], own, all))
    .find((one) => one !== undefined);
  if (strange !== undefined) return { impossible: `its stanza has the method ${strange}` };

  const wishes = proposal.families.map((family) => wishOf(family, proposal, own, { all, program }));
  const wished = { changes: wishes.flatMap(({ changes }) => changes), added: wishes.flatMap(({ added }) => added) };
  const { changes, added } = withHooks(withNameServers(wished, proposal, own, all), acceptRa, all);
  if (own.length === 0 && added.length === 0) return { impossible: `it has no stanza` };
  const textAround = ({ path }: Stanza): string => (path === copyPath ? copy : (texts.get(path) ?? ''));
  const edits: readonly FileEdit[] = [
    ...home.edits,
    ...idle,
    ...changes.flatMap((change) =>
      located(change, isEmpty(change, own) ? removal(change.stanza, textAround(change.stanza)) : editsOf(change, all)),
    ),
    ...aliasChanges(proposal, all).flatMap((change) => located(change, editsOf(change, all))),
  ];
  const addedText = added.map((stanza) => newStanza(stanza, home.logical));
  const last = own.at(-1);
  if (copies.length === 0 && last !== undefined) {
    const { path, end } = last;
    return filesOf(texts, [...edits, ...addedText.map((text) => ({ path, start: end, end, text: `\n${text}` }))]);
  }
  const start = texts.get(mainFile)?.length ?? 0;
  const copied = edited(
    copy,
    edits.filter(({ path }) => path === copyPath),
  );
  const block = [...(copied === '' ? [] : [copied]), ...addedText].join('\n');
  const end = { path: mainFile, start, end: start, text: `${start === 0 ? '' : '\n'}${home.lead}${block}` };
  return filesOf(texts, [...edits.filter(({ path }) => path !== copyPath), end]);
}

/** Of stanzas that are in no file yet. */
const copyPath = '';

function filesOf(texts: ReadonlyMap<string, string>, edits: readonly FileEdit[]): readonly PlannedFile[] {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return paths.map((path) => ({
    path,
    text: edited(
      texts.get(path) ?? '',
      edits.filter((edit) => edit.path === path),
    ),
    mode: fileModes.public,
  }));
}

function located({ stanza: { path } }: StanzaChange, edits: ReturnType<typeof editsOf>): readonly FileEdit[] {
  return edits.map((edit) => ({ ...edit, path }));
}

function copyOf({ start, end, heading }: Stanza, logical: string, text: string): string {
  const [, name] = heading.words;
  const { start: from, end: to } = name ?? heading;
  const copy = `${text.slice(start, from)}${logical}${text.slice(to, end)}`;
  return copy.endsWith('\n') ? copy : `${copy}\n`;
}

/** What was there by advertisements, without a word in the file, must come back when static addresses go. */
function withHooks({ changes, added }: Wish, acceptRa: string | undefined, all: readonly Stanza[]): Wish {
  if (acceptRa === undefined) return { changes, added };
  const hook = advertisementsHook(acceptRa);
  const isNew = ({ stanza, family, method }: StanzaChange): boolean =>
    family === 'inet6' && method === 'static' && methodOf(stanza, all) === 'manual';
  return {
    changes: changes.map((change) => (isNew(change) ? { ...change, hook } : change)),
    added: added.map((stanza) =>
      stanza.family === 'inet6' ? { ...stanza, values: new Map([...stanza.values, hook]) } : stanza,
    ),
  };
}

/** Whether nothing would be left of a stanza, and others of the interface stay. */
function isEmpty({ stanza, method, values }: StanzaChange, own: readonly Stanza[]): boolean {
  const isSpent = stanza.options.every(
    (option) => isSpentHook(option, method) || (values.has(nameOf(option)) && values.get(nameOf(option)) === undefined),
  );
  return method === 'manual' && isSpent && stanza.inherits === undefined && own.some((other) => other !== stanza);
}

function newStanza({ family, method, values }: NewStanza, logical: string): string {
  return stanzaText(logical, family, method, values);
}
