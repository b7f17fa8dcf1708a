/** A line of a file of systemd's, GLib's or their kin: the heading of a section, or a key and its value. */
export type SettingLine = { readonly heading: string } | { readonly key: string; readonly value: string };

/** Undefined for comments, blank lines and what is neither. Takes as long as the line, whatever it says, as patterns with blanks do not. */
export function settingOf(line: string): SettingLine | undefined {
  const text = line.trim();
  if (text.startsWith('[')) return text.endsWith(']') ? { heading: text.slice(1, -1) } : undefined;
  const equals = text.indexOf('=');
  if (equals < 1 || text.startsWith('#')) return undefined;
  return { key: text.slice(0, equals).trimEnd(), value: text.slice(equals + 1).trimStart() };
}
