import stringWidth from 'string-width';

const plain = /^[ -~]*$/;
const cutMark = '…';

/** How many columns of a terminal a text takes: two for each of many characters of Asia, none for what is drawn over another. */
export function displayWidth(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text);
}

/** A text that takes so many columns at most: its beginning, and a mark that it is not all. */
export function shortened(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let [taken, used] = ['', 0];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += displayWidth(segment);
    if (used >= width) break;
    taken += segment;
  }
  return `${taken}${cutMark}`;
}

/** A text in lines that take so many columns at most, cut anywhere. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const own = displayWidth(segment);
    if (segment === '\n' || used + own > width) {
      lines.push('');
      used = 0;
    }
    if (segment === '\n') continue;
    lines.push(`${lines.pop() ?? ''}${segment}`);
    used += own;
  }
  return lines;
}
