/** Whether a name is as a pattern of the shell's kind says: `*`, `?`, `[…]` and `[!…]`. Takes no longer than their lengths, multiplied. */
export function matchesGlob(name: string, pattern: string): boolean {
  if (pattern.length > longest) return false;
  const parts = Array.from(pattern.matchAll(/\[(!?)([^\]]+)\]|([^])/gu), partOf);
  const characters = Array.from(name);
  let [place, part] = [0, 0];
  // Where the last "*" stands, and what it has taken so far: if what comes behind does not match, it takes one more.
  let star: { readonly part: number; readonly place: number } | undefined;
  while (place < characters.length) {
    const own = parts[part];
    if (own === 'any') {
      star = { part, place };
      part += 1;
    } else if (own?.(characters[place] ?? '') === true) {
      place += 1;
      part += 1;
    } else if (star !== undefined) {
      star = { part: star.part, place: star.place + 1 };
      [place, part] = [star.place, star.part + 1];
    } else return false;
  }
  return parts.slice(part).every((own) => own === 'any');
}

/** As long as a path can be; what is longer is no pattern that somebody meant. */
const longest = 4096;

type Part = 'any' | ((character: string) => boolean);

function partOf([, not, set, own = '']: RegExpExecArray): Part {
  if (set !== undefined) return (character) => isIn(Array.from(set), character) === (not === '');
  if (own === '*') return 'any';
  return (character) => own === '?' || character === own;
}

/** Of "a-z" those between; a range that runs backwards has none. */
function isIn(set: readonly string[], character: string): boolean {
  for (let index = 0; index < set.length; index += 1) {
    const [from = '', dash, to] = set.slice(index, index + 3);
    const isRange = dash === '-' && to !== undefined;
    if (isRange ? from <= character && character <= to : from === character) return true;
    if (isRange) index += 2;
  }
  return false;
}
