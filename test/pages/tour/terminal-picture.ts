const cell = { width: 7.8, height: 18 } as const;
const margin = 16;
const barHeight = 30;
const buttonRadius = 5;
const buttons = ['#ff5f57', '#febc2e', '#28c840'];
const fontSize = 13;
const baseline = 13;
const radius = 8;

/** A part of a line in one look. */
interface Span {
  readonly text: string;
  readonly look: string;
}

/** Codes of ECMA-48 that our programs use. */
const looks = new Map([
  ['1', 'bold'],
  ['2', 'dim'],
  ['31', 'red'],
  ['32', 'green'],
  ['33', 'yellow'],
  ['36', 'cyan'],
]);
const style = [
  `text { font: ${fontSize}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6dbe3; white-space: pre }`,
  '.bold { font-weight: bold } .dim { fill: #8b93a1 }',
  '.red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 } .cyan { fill: #76e3ea }',
].join('\n');

/** A picture, in SVG, of a terminal of so many columns after a command has shown a text with its colours. */
export function terminalPicture(command: string, shown: string, columns: number): string {
  const lines = [
    [
      { text: '$ ', look: 'dim' },
      { text: command, look: 'bold' },
    ],
    ...shown.trimEnd().split('\n').map(spansOf),
  ];
  const width = Math.ceil(columns * cell.width) + margin + margin;
  const height = barHeight + lines.length * cell.height + margin;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(command)}</title>`,
    `<style>\n${style}\n</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="${radius}" fill="#161b22" stroke="#4b5360"/>`,
    ...buttons.map((colour, at) => button(colour, at)),
    ...lines.flatMap((line, at) => drawn(line, barHeight + at * cell.height + baseline)),
    '</svg>\n',
  ].join('\n');
}

function button(colour: string, at: number): string {
  const x = margin + buttonRadius + at * margin;
  return `<circle cx="${x}" cy="${margin}" r="${buttonRadius}" fill="${colour}"/>`;
}

/** Each span at its column and as wide as its columns, whatever font there is. */
function drawn(spans: readonly Span[], y: number): readonly string[] {
  let column = 0;
  return spans.flatMap(({ text, look }) => {
    const blanks = text.length - text.trimStart().length;
    const visible = text.trim();
    const x = margin + (column + blanks) * cell.width;
    column += text.length;
    if (visible === '') return [];
    const place = `x="${rounded(x)}" y="${y}" textLength="${rounded(visible.length * cell.width)}"`;
    return [`<text ${place}${look === '' ? '' : ` class="${look}"`} xml:space="preserve">${escaped(visible)}</text>`];
  });
}

/** Only one look at a time is known: none of our programs has two. */
function spansOf(line: string): readonly Span[] {
  let look = '';
  return line.split(/(\u001b\[\d+m)/).flatMap((part) => {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code === undefined) return part === '' ? [] : [{ text: part, look }];
    look = looks.get(code) ?? '';
    return [];
  });
}

function rounded(length: number): string {
  return String(Number(length.toFixed(1)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
