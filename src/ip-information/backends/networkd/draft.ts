import type { Fragment, NetworkdDefinition } from '../../../platform/network-managers/networkd-definition.ts';
import type { UnitSection, UnitSetting } from '../../../platform/network-managers/unit-text.ts';

/** Where a setting stands in a definition. */
export interface Place {
  readonly fragment: FragmentDraft;
  readonly section: UnitSection;
  readonly setting: UnitSetting;
}

/** A file of a definition, and what becomes of its lines. */
interface FragmentDraft extends Fragment {
  /** Undefined: the line goes. */
  readonly replaced: Map<number, string | undefined>;
  /** Lines that come after a line. */
  readonly added: Map<number, string[]>;
  /** Sections that come at the end, by lines. */
  readonly appended: string[][];
}

/** Changes single settings of a definition; every other line stays as it is, byte for byte. */
export class Draft {
  readonly #fragments: readonly FragmentDraft[];
  readonly #resets = new Map<string, Place | undefined>();

  constructor({ main, dropIns }: NetworkdDefinition) {
    this.#fragments = [main, ...dropIns].map((fragment) => ({
      ...fragment,
      replaced: new Map(),
      added: new Map(),
      appended: [],
    }));
  }

  /** The files, with their texts. */
  get files(): readonly { readonly path: string; readonly text: string; readonly isChanged: boolean }[] {
    return this.#fragments.map((fragment) => {
      const text = textOf(fragment);
      return { path: fragment.path, text, isChanged: text !== fragment.unit.lines.join('\n') };
    });
  }

  /** Where a setting stands, in the order in which systemd-networkd reads it. */
  places(sectionName: string, key: string): readonly Place[] {
    return this.#fragments.flatMap((fragment) =>
      fragment.unit.sections
        .filter(({ name }) => name === sectionName)
        .flatMap((section) =>
          section.settings.filter((setting) => setting.key === key).map((setting) => ({ fragment, section, setting })),
        ),
    );
  }

  /** As {@link places}, without those that a later empty setting takes back. */
  effectivePlaces(sectionName: string, key: string): readonly Place[] {
    const all = this.places(sectionName, key);
    return all.slice(all.findLastIndex(({ setting }) => setting.value === '') + 1);
  }

  /** Whether an empty setting of [Network] comes after a setting, or else a section. */
  isReset({ fragment, section, setting }: Omit<Place, 'setting'> & Partial<Place>, key: string): boolean {
    const reset = this.#resetOf(key);
    if (reset === undefined) return false;
    const distance = this.#fragments.indexOf(reset.fragment) - this.#fragments.indexOf(fragment);
    return distance > 0 || (distance === 0 && reset.setting.line > (setting ?? section).line);
  }

  #resetOf(key: string): Place | undefined {
    if (!this.#resets.has(key)) {
      this.#resets.set(
        key,
        this.places('Network', key).findLast(({ setting }) => setting.value === ''),
      );
    }
    return this.#resets.get(key);
  }

  sections(sectionName: string): readonly Pick<Place, 'fragment' | 'section'>[] {
    return this.#fragments.flatMap((fragment) =>
      fragment.unit.sections.filter(({ name }) => name === sectionName).map((section) => ({ fragment, section })),
    );
  }

  /** Gives a setting another value; what stands before it stays. */
  set({ fragment, setting }: Place, value: string): void {
    if (setting.value === value) return;
    const line = fragment.unit.lines[setting.line] ?? '';
    const [start = '', , end = ''] = /^([^=]*=\s*)(.*?)(\r?)$/.exec(line)?.slice(1) ?? [];
    this.remove({ fragment, setting });
    fragment.replaced.set(setting.line, start + value + end);
  }

  remove({ fragment, setting }: Omit<Place, 'section'>): void {
    for (let line = setting.line; line < setting.end; line += 1) fragment.replaced.set(line, undefined);
  }

  /** Whether a setting's line is after this comment. */
  isAfter({ fragment, setting }: Omit<Place, 'section'>, comment: string): boolean {
    return fragment.unit.lines[setting.line - 1]?.trim() === comment;
  }

  /** Puts a comment before a setting, or removes it. */
  comment(place: Omit<Place, 'section'>, comment: string, isThere: boolean): void {
    const before = place.setting.line - 1;
    if (this.isAfter(place, comment) === isThere) return;
    if (isThere) add(place.fragment, before, comment);
    else place.fragment.replaced.set(before, undefined);
  }

  /** Its comments stay. */
  removeSection({ fragment, section }: Omit<Place, 'setting'>): void {
    // One with thousands of addresses is asked to go for each of them.
    if (fragment.replaced.has(section.line)) return;
    fragment.replaced.set(section.line, undefined);
    for (const setting of section.settings) this.remove({ fragment, setting });
    const isBlank = (line: number): boolean => fragment.unit.lines[line]?.trim() === '';
    if (isBlank(section.line - 1)) fragment.replaced.set(section.line - 1, undefined);
  }

  /** Adds a setting to a section that is there, at its start. */
  insert({ fragment, section }: Omit<Place, 'setting'>, key: string, value: string): void {
    add(fragment, section.line, `${key}=${value}`);
  }

  /** Adds a setting to where its like stands last, or to the first section of the name; with a comment before it, if there is one. */
  add(sectionName: string, key: string, value: string, comment = ''): void {
    const line = `${comment === '' ? '' : `${comment}\n`}${key}=${value}`;
    const like = this.places(sectionName, key).at(-1);
    if (like !== undefined) {
      add(like.fragment, like.setting.end - 1, line);
      return;
    }
    const [first] = this.sections(sectionName);
    if (first !== undefined) {
      add(first.fragment, lastLineOf(first.section), line);
      return;
    }
    const [main] = this.#fragments;
    const heading = `[${sectionName}]`;
    const added = main?.appended.find(([own]) => own === heading);
    if (added === undefined) main?.appended.push([heading, line]);
    else added.push(line);
  }

  /** Adds a section of its own, where no empty setting of [Network] takes it back: one of `key` clears all sections before it. */
  append(sectionName: string, lines: readonly string[], key: string): void {
    const fragment = this.#resetOf(key)?.fragment ?? this.#fragments[0];
    fragment?.appended.push([`[${sectionName}]`, ...lines]);
  }
}

function add({ added }: FragmentDraft, after: number, line: string): void {
  added.set(after, [...(added.get(after) ?? []), line]);
}

function lastLineOf({ line, settings }: UnitSection): number {
  return (settings.at(-1)?.end ?? line + 1) - 1;
}

function textOf({ unit, replaced, added, appended }: FragmentDraft): string {
  const kept = unit.lines.flatMap((line, index) => {
    const next = replaced.has(index) ? replaced.get(index) : line;
    return [...(next === undefined ? [] : [next]), ...(added.get(index) ?? [])];
  });
  if (appended.length === 0) return kept.join('\n');
  const body = withoutEndingLineFeeds(kept.join('\n'));
  return `${[body, ...appended.map((lines) => lines.join('\n'))].join('\n\n')}\n`;
}

function withoutEndingLineFeeds(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\n') end -= 1;
  return text.slice(0, end);
}
