import type { Soak } from './soak.ts';

/** Few enough that records are met again, many enough that a pool has some hundred. */
const keys = 300;
/** In bytes of UTF-8: within what a driver lets through. */
const longestValue = 1000;

/** FreeBSD's driver spoils what is not ASCII. */
const alphabets = {
  linux: { keys: ['key', 'Schlüssel ', '鍵'], words: ['value', 'Grüße', '値', '👋'] },
  freebsd: { keys: ['key', 'Key ', 'k.'], words: ['value', 'v'] },
} as const;

export function anyKey({ guest, random }: Soak): string {
  return `${random.pick(alphabets[guest.system].keys)}${random.below(keys)}`;
}

export function anyText({ guest, random }: Soak): string {
  const word = random.pick<string>(alphabets[guest.system].words);
  return word.repeat(1 + random.below(Math.floor(longestValue / Buffer.byteLength(word))));
}
