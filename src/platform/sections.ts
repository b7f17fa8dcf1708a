import { type Machine, readText } from './machine.ts';
import { settingOf } from './setting.ts';

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
    const setting = settingOf(line);
    if (setting === undefined) continue;
    if ('heading' in setting) section = `${setting.heading}.`;
    else if (!setting.key.startsWith(';')) settings.set(section + setting.key, setting.value);
  }
  return settings;
}
