import { styleText } from 'node:util';
import { printable } from '../message/printable.ts';

/** Where a command's result goes. */
export interface Output {
  /** Whether a person reads it at once: tables and progress are for them, bytes as they are for programs. */
  readonly isTerminal: boolean;
  /** NO_COLOR and a terminal's own abilities are respected. */
  readonly hasColours: boolean;
  /** In characters. */
  readonly width: number;
  /** Whether `--json` was given. */
  readonly json: boolean;
  write(text: string | Buffer): void;
}

const defaultWidth = 100;

/** Standard output. */
export function standardOutput(json = false): Output {
  const { stdout } = process;
  return {
    isTerminal: stdout.isTTY,
    hasColours: stdout.isTTY && stdout.hasColors(),
    width: stdout.columns || defaultWidth,
    json,
    write: (text) => {
      stdout.write(text);
    },
  };
}

/** One JSON value on a line of its own, fit for a terminal. */
export function writeJson(output: Output, value: unknown): void {
  output.write(`${printable(JSON.stringify(value))}\n`);
}

const batchLength = 65_536;

/** Writes texts one behind the other: in few writes, and never all of them in one text, which has a largest length. */
export function writeEach(output: Output, texts: Iterable<string>): void {
  let batch = '';
  for (const text of texts) {
    batch += text;
    if (batch.length < batchLength) continue;
    output.write(batch);
    batch = '';
  }
  if (batch !== '') output.write(batch);
}

/** Writes an array as {@link writeJson} does. */
export function writeJsonArray(output: Output, values: Iterable<unknown>): void {
  writeEach(output, arrayTexts(values));
}

function* arrayTexts(values: Iterable<unknown>): Generator<string> {
  let before = '[';
  for (const value of values) {
    yield `${before}${printable(JSON.stringify(value))}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : ']\n';
}

/** Text in a style, if colours are wanted. */
export function paint(output: Output, style: Parameters<typeof styleText>[0], text: string): string {
  // Whether there are colours has been decided; left to itself, styleText would look at standard output again.
  return output.hasColours ? styleText(style, text, { validateStream: false }) : text;
}
