import { parseJson } from '../message/json.ts';
import { carriedLimits } from '../pools/limits.ts';
import type { ChunkScheme } from './chunk-scheme.ts';
import { isNumbered, numberedParts, partKey } from './numbered.ts';

const separator = '|';
const start = '"msg":"';
const end = '"}';

/**
 * cloud-init's reporting handler: a JSON object a part, with `msg_i`, its number, and last `msg`, a part of the text in JSON's
 * ASCII form. Ours are whole JSON each; cloud-init cuts within escapes, so what is joined is the text of JSON, not what it means.
 */
export const cloudInit: ChunkScheme = {
  split(key, value) {
    const parts: string[] = [];
    let part = '';
    for (const token of tokensOf(value.toString())) {
      if (envelope(parts.length, part + token).length > carriedLimits.value) {
        parts.push(part);
        part = '';
      }
      part += token;
    }
    return [...parts, part].map((text, number) => ({
      key: partKey(key, separator, number),
      value: Buffer.from(envelope(number, text)),
    }));
  },
  join(key, records) {
    const parts = numberedParts(records, key, separator);
    const texts = parts?.map(messageIn);
    if (texts === undefined || texts.includes(undefined)) return undefined;
    const text = parseJson(`"${texts.join('')}"`);
    return typeof text === 'string' ? Buffer.from(text) : undefined;
  },
  isPart: (key, recordKey) => isNumbered(key, separator, recordKey),
};

function envelope(number: number, text: string): string {
  return `{"msg_i":${number},${start}${text}${end}`;
}

/** The text in pieces that must stay whole: characters, escapes, and both escapes of a character beyond 16 bits. */
function tokensOf(text: string): readonly string[] {
  return Array.from(text, (character) =>
    JSON.stringify(character)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

function messageIn(part: Buffer): string | undefined {
  const text = part.toString();
  const at = text.indexOf(start);
  return at < 0 || !text.endsWith(end) ? undefined : text.slice(at + start.length, -end.length);
}
