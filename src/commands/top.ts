import { setTimeout } from 'node:timers/promises';
import type { StatusReport } from '../control/protocol.ts';
import { connectToDaemon } from './daemon-access.ts';
import type { Output } from './output.ts';
import { statusView } from './status-view.ts';

const refreshMs = 1000;
const msInSecond = 1000;
const controlC = '\u0003';
const escape = '\u001b[';
/** Another screen, no cursor, and lines that are cut off rather than wrapped. */
const enter = `${escape}?1049h${escape}?25l${escape}?7l`;
const leave = `${escape}?7h${escape}?25h${escape}?1049l`;
const home = `${escape}H`;
const restOfLine = `${escape}K`;
const restOfScreen = `${escape}J`;

/** Shows how the daemon does until q or Ctrl-C, on a screen of its own that is gone afterwards; without a terminal, once. */
export async function top(socket: string, output: Output): Promise<void> {
  const client = await connectToDaemon(socket);
  const end = new AbortController();
  const restore = output.isTerminal ? takeTerminal(output, end) : undefined;
  try {
    let before = await client.status();
    let since = performance.now();
    output.write(draw(before, '', output));
    while (restore !== undefined && (await rest(end.signal))) {
      const status = await client.status();
      const seconds = (performance.now() - since) / msInSecond;
      const rate = (status.latency.count - before.latency.count) / seconds;
      output.write(draw(status, `${rate.toFixed(1)} requests a second`, output));
      before = status;
      since = performance.now();
    }
  } finally {
    restore?.();
    client.close();
  }
}

/** Waits for the next refresh; returns whether there shall be one. */
async function rest(signal: AbortSignal): Promise<boolean> {
  try {
    await setTimeout(refreshMs, undefined, { signal });
    return true;
  } catch (error) {
    if (!signal.aborted) throw error;
    return false;
  }
}

function draw(status: StatusReport, rate: string, output: Output): string {
  const [title = '', ...lines] = statusView(status, new Date(), output);
  if (!output.isTerminal) return `${[title, ...lines].join('\n')}\n`;
  const { rows } = process.stdout;
  // A terminal that does not know its size says 0.
  const shown = [title, rate, ...lines].slice(0, rows > 0 ? rows - 1 : undefined);
  return `${home}${shown.map((line) => `${line}${restOfLine}\n`).join('')}${restOfScreen}`;
}

/** Returns what gives it back as it was. */
function takeTerminal(output: Output, end: AbortController): () => void {
  const { stdin } = process;
  const stop = (): void => {
    end.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  const key = (chunk: Buffer): void => {
    if (['q', controlC].includes(chunk.toString())) stop();
  };
  // Typed keys must not show.
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', key);
  output.write(enter);
  return () => {
    stdin.off('data', key);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
    output.write(leave);
  };
}
