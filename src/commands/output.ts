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

/** Text in a style, if colours are wanted. */
export function paint(output: Output, style: Parameters<typeof styleText>[0], text: string): string {
  // Whether there are colours has been decided; left to itself, styleText would look at standard output again.
  return output.hasColours ? styleText(style, text, { validateStream: false }) : text;
}

/** From now on it is an end like any other if nobody reads standard output any more, as in `hvkvp dump | head -1`. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

/** For a command that changes something, and does so whether or not anybody reads what it says. */
export function outliveReader(): void {
  process.stdout.removeAllListeners('error').on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
