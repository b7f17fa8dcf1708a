/**
 * Text that host or neighbours gave, made fit for a terminal or a log: control characters, which could forge lines or drive a
 * terminal, line separators and changes of direction become escapes as in JSON.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, escape);
}

function escape(character: string): string {
  const short = JSON.stringify(character).slice(1, -1);
  if (short !== character) return short;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
