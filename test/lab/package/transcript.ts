/** One command of a transcript, and what it prints; a line "…" stands for any lines, "…" within a line for any text. */
export interface Exchange {
  readonly command: string;
  readonly shown: string;
}

const session = /(?<=^```console\n).*?(?=^```$)/gms;
const prompt = /^[$#] (?=\S)/m;

/** The commands of a page in their order. */
export function exchangesOf(page: string): readonly Exchange[] {
  const sessions = Array.from(page.matchAll(session), ([lines]) => lines).join('');
  return sessions.split(prompt).flatMap((part) => {
    const [command = '', ...lines] = part.trimEnd().split('\n');
    return command === '' ? [] : [{ command, shown: lines.join('\n') }];
  });
}

/** Whether an output is what a transcript shows; blanks between words may differ, as they do without a terminal. */
export function fits(output: string, shown: string): boolean {
  const lines = shown === '' ? [] : shown.split('\n').map(oneLine);
  return new RegExp(`^${lines.join('')}$`).test(output.trimEnd() === '' ? '' : `${output.trimEnd()}\n`);
}

/** The pattern of a line of a transcript. */
function oneLine(line: string): string {
  if (line === '…') return String.raw`(?:[^\n]*\n)*`;
  const literal = line.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return `${literal.replaceAll(/\s+/g, String.raw`[ \t]+`).replaceAll('…', String.raw`[^\n]*`)}\\n`;
}
