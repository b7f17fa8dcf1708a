import { type Machine, readText } from './machine.ts';

/** The settings of a file of systemd or NetworkManager by "section.name", or by name before the first section. */
export type Sections = ReadonlyMap<string, string>;

/** The settings in a file; undefined if there is no such file. The last of a name wins. */
export function readSections(machine: Machine, path: string): Sections | undefined {
  const text = readText(machine, path);
  return text === undefined ? undefined : parseSections(text);
}

export function parseSections(text: string): Sections {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, heading, name, value] = /^\s*(?:\[(.*)\]|([^#;=[\s][^=]*?)\s*=\s*(.*?))\s*$/.exec(line) ?? [];
    if (heading !== undefined) section = `${heading}.`;
    else if (name !== undefined) settings.set(section + name, value ?? '');
  }
  return settings;
}
