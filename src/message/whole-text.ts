const replacement = '\uFFFD';

/** Whether a word of the command line is as it was given: Node puts U+FFFD in the place of what is not UTF-8, and nobody means that character. */
export function isWholeText(word: string): boolean {
  return !word.includes(replacement);
}
