import { inheritedOptions } from '../../../platform/network-managers/ifupdown/inherited.ts';
import { type Interfaces, mainFile } from '../../../platform/network-managers/ifupdown/interfaces.ts';
import { logicalNameOf, type Named, selectedAs } from '../../../platform/network-managers/ifupdown/logical-name.ts';
import type { IfupdownProgram } from '../../../platform/network-managers/ifupdown/program.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import { matchesGlob } from '../../../platform/glob.ts';
import type { Impossible } from '../../plan.ts';
import type { Edit } from './edits.ts';

/** Where the stanzas of one adapter alone are, or have to be made. */
export interface Home {
  readonly logical: string;
  /** What leads the adapter there, by file. */
  readonly edits: readonly FileEdit[];
  /** Statements for the end of the main file, before new stanzas. */
  readonly lead: string;
  /** Stanzas of others to begin with, which stay where they are. */
  readonly copied: readonly Stanza[];
}

export interface FileEdit extends Edit {
  readonly path: string;
}

export interface Facts {
  readonly adapter: Named;
  readonly interfaces: Interfaces;
  readonly up: ReadonlyMap<string, string>;
  /** Debian's alone knows mappings, and patterns with MAC addresses. */
  readonly program: IfupdownProgram;
}

export function findHome(facts: Facts): Home | Impossible {
  const { adapter, interfaces, up } = facts;
  const logical = up.get(adapter.name) ?? logicalNameOf(adapter, interfaces);
  if (logical === undefined) return { impossible: `a mapping chooses the stanza of ${adapter.name}, which is not up` };
  const own = interfaces.stanzas.filter(({ name }) => name === logical);
  if (own.length === 0) return newHome(facts, logical);
  if (own.some(({ path }) => isMadeAtBoot(path))) return mappedHome(facts, logical, own);
  const isTemplate = interfaces.stanzas.some(({ name, inherits }) => inherits?.text === logical && name !== logical);
  if (!isTemplate && !isShared(logical, facts)) {
    return { logical, edits: startAtBoot(facts, logical, own), lead: '', copied: [] };
  }
  if (logical !== adapter.name) return selectedHome(facts, logical, own);
  return isTemplate && !isShared(logical, facts)
    ? mappedHome(facts, logical, own)
    : { impossible: `other adapters are brought up by the stanza of ${adapter.name}` };
}

/** Files that somebody makes at each start: of hot-plugged adapters in Debian's cloud images, and cloud-init's. */
function isMadeAtBoot(path: string): boolean {
  return /^(\/var)?\/run\/|\/50-cloud-init[^/]*$/.test(path);
}

function isShared(logical: string, { adapter, interfaces: { selections, mappings }, up }: Facts): boolean {
  if (Array.from(up).some(([name, other]) => other === logical && name !== adapter.name)) return true;
  const isForOthers = ({ text }: { readonly text: string }): boolean => {
    const [selector = '', target] = text.split('=');
    if (target !== logical) return false;
    return !(selector === adapter.name || (selector.startsWith('mac/') && !/[*?[]/.test(selector)));
  };
  if (selections.some(({ words }) => words.some(isForOthers))) return true;
  const maps = mappings.filter((mapping) => mapping.maps.some((map) => map.split(/\s+/).includes(logical)));
  return maps.some(({ patterns }) => patterns.some((pattern) => pattern !== adapter.name));
}

/** The adapter is taken out of what brings it up together with others. */
function selectedHome({ adapter, interfaces }: Facts, shared: string, own: readonly Stanza[]): Home | Impossible {
  const { selections, mappings, stanzas } = interfaces;
  const logical = stanzas.some(({ name }) => name === adapter.name) ? ownName(adapter) : adapter.name;
  if (
    mappings.some(({ patterns }) => patterns.some((one) => matchesGlob(shared, one) || matchesGlob(adapter.name, one)))
  ) {
    return { impossible: `a mapping has other adapters use the stanza ${shared}` };
  }
  const word = logical === adapter.name ? logical : `${adapter.name}=${logical}`;
  const edits = selections.flatMap(({ path, words }) => {
    const found = words.find(({ text }) => selectedAs(text, adapter) === shared);
    if (found === undefined) return [];
    // A pattern still holds for the others: what is named before it has been brought up already.
    const isPattern = found.text.includes('/');
    return { path, start: found.start, end: isPattern ? found.start : found.end, text: isPattern ? `${word} ` : word };
  });
  const lead = edits.length > 0 ? '' : `auto ${word}\n`;
  return { logical, edits, lead, copied: own };
}

/** Whoever brings the adapter up by its name gets other stanzas than those of that name. */
function mappedHome(
  { adapter, interfaces, program }: Facts,
  former: string,
  own: readonly Stanza[],
): Home | Impossible {
  const { name } = adapter;
  if (
    program !== 'debian' ||
    former !== name ||
    interfaces.mappings.some(({ patterns }) => patterns.some((one) => matchesGlob(name, one)))
  ) {
    return {
      impossible: `the stanza of ${name} is made at each start or extended by others, and cannot be passed over`,
    };
  }
  const logical = ownName(adapter);
  const isSelected = interfaces.selections.some(
    ({ path, words }) => !isMadeAtBoot(path) && words.some(({ text }) => selectedAs(text, adapter) === name),
  );
  const lead = `mapping ${name}\n    script grep\n    map ${logical}\n\n${isSelected ? '' : `auto ${name}\n`}`;
  return { logical, edits: [], lead, copied: own };
}

/** A new definition is bound to the MAC address, where `auto` knows that, unless the adapter is brought up by its name already. */
function newHome({ adapter, interfaces, program }: Facts, logical: string): Home {
  const isSelected = interfaces.selections.some(({ words }) =>
    words.some(({ text }) => selectedAs(text, adapter) !== undefined),
  );
  if (isSelected) return { logical, edits: [], lead: '', copied: [] };
  if (program !== 'debian') return { logical, edits: [], lead: `auto ${adapter.name}\n`, copied: [] };
  const bound = `hyperv-kvp-${adapter.mac.replaceAll(':', '')}`;
  return { logical: bound, edits: [], lead: `auto mac/${adapter.mac}=${bound}\n`, copied: [] };
}

/** Where nothing brings up what the stanzas define, it would be gone after the next start. */
function startAtBoot(
  { adapter, interfaces, program }: Facts,
  logical: string,
  own: readonly Stanza[],
): readonly FileEdit[] {
  const { selections, stanzas } = interfaces;
  const isSelected = selections.some(({ words }) => words.some(({ text }) => selectedAs(text, adapter) !== undefined));
  const isCalled = stanzas.some((stanza) =>
    [...inheritedOptions(stanza, stanzas), ...stanza.options].some(({ value }) =>
      value.text
        .split(/[\s;&|]+/)
        .some(
          (word, index, words) => word === adapter.name && words.slice(0, index).some((one) => /(^|\/)ifup$/.test(one)),
        ),
    ),
  );
  const [first] = own;
  if (isSelected || isCalled || first === undefined) return [];
  const text = `auto ${logical === adapter.name ? logical : `${adapter.name}=${logical}`}\n`;
  // Alpine's service looks for `auto` in the main file only, where its ifup(8) is busybox's.
  if (program !== 'busybox' || first.path === mainFile) {
    return [{ path: first.path, start: first.start, end: first.start, text }];
  }
  const end = interfaces.texts.get(mainFile)?.length ?? 0;
  return [{ path: mainFile, start: end, end, text }];
}

function ownName({ name }: Named): string {
  return `${name}-hyperv-kvp`;
}
