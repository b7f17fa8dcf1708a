import { setTimeout } from 'node:timers/promises';
import { connectToDaemon, type StatusWithAutoKeys } from './daemon-access.ts';
import { endBySignals } from '../end-by-signals.ts';
import { type Output, writeJson } from '../output.ts';
import { RepeatedStatus } from './repeated-status.ts';
import { statusView } from './status-view.ts';

const refreshMs = 1000;
const controlC = '\u0003';
const escape = '\u001b[';
/** Another screen, no cursor, and lines that are cut off rather than wrapped. */
const enter = `${escape}?1049h${escape}?25l${escape}?7l`;
const leave = `${escape}?7h${escape}?25h${escape}?1049l`;
const home = `${escape}H`;
const restOfLine = `${escape}K`;
const restOfScreen = `${escape}J`;

/**
 * Shows how the daemon does until q or Ctrl-C, on a screen of its own that is gone afterwards; without a terminal, once. As JSON, it
 * prints a status a line until it is stopped.
 */
export async function top(socket: string, output: Output): Promise<void> {
  const client = await connectToDaemon(socket);
  const end = endBySignals();
  const hasScreen = output.isTerminal && !output.json;
  const restore = hasScreen ? takeTerminal(output, end) : undefined;
  try {
    const repeated = new RepeatedStatus(client);
    let before: Snapshot | undefined;
    do {
      const now = takenAfter(before, await repeated.ask());
      if (output.json) writeJson(output, { ...now.status, requestsPerSecond: now.requestsPerSecond });
      else output.write(draw(now, output));
      before = now;
    } while ((hasScreen || output.json) && (await rest(end.signal)));
  } finally {
    restore?.();
    client.close();
  }
}

interface Snapshot {
  readonly status: StatusWithAutoKeys;
  /** On the monotonic clock, in milliseconds. */
  readonly at: number;
  /** Since the snapshot before; null for the first. */
  readonly requestsPerSecond: number | null;
}

function takenAfter(before: Snapshot | undefined, status: StatusWithAutoKeys): Snapshot {
  const at = performance.now();
  if (before === undefined) return { status, at, requestsPerSecond: null };
  const count = status.latency.count - before.status.latency.count;
  return { status, at, requestsPerSecond: count / ((at - before.at) / 1000) };
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

function draw({ status, requestsPerSecond }: Snapshot, output: Output): string {
  const [title = '', ...lines] = statusView(status, new Date(), output);
  if (!output.isTerminal) return `${[title, ...lines].join('\n')}\n`;
  const { rows } = process.stdout;
  const rate = requestsPerSecond === null ? '' : `${requestsPerSecond.toFixed(1)} requests a second`;
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
