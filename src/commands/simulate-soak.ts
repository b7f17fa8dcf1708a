import { readFileSync } from 'node:fs';
import { listFolder, readText, thisMachine } from '../platform/machine.ts';
import { poolPath } from '../pools/pools.ts';
import { ExitStatus } from './exit-status.ts';
import { type Output, writeJson } from './output.ts';
import type { GuestOptions, SimulatedGuest } from './simulate-guest.ts';
import { playGuest } from './simulate-play.ts';
import { telling } from './simulate-telling.ts';
import { modelledPools, SoakModel } from './soak-model.ts';
import { SeededRandom } from './soak-random.ts';
import { compareAll, type Soak, transact, WrongAnswer } from './soak-transactions.ts';

/** How long a soak goes on: until either is reached. */
export interface SoakLength {
  readonly milliseconds: number;
  readonly transactions: number;
}

export interface SoakOptions {
  readonly length: SoakLength;
  /** The same seed makes the same transactions. */
  readonly seed: number;
  readonly output: Output;
}

/** The last lines of the daemon's log that are shown if something was wrong. */
const shownLines = 20;

/** Soaks a guest. The daemon's log is kept to itself unless something is wrong: it tells of every withdrawal. */
export async function simulateSoak(guest: Omit<GuestOptions, 'log'>, options: SoakOptions): Promise<ExitStatus> {
  const tell = telling(options.output);
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
    if (lines.length > shownLines) lines.shift();
  };
  const status = await playGuest({ ...guest, log }, (started) => soak(started, options));
  if (status !== ExitStatus.ok) for (const line of lines) tell.log(line);
  return status;
}

/**
 * Makes mixed transactions one after the other and compares every answer with a model of the pools; at the end all records,
 * and the files. Returns status 0 if all was as it must be, 1 at the first thing that was not.
 */
async function soak(guest: SimulatedGuest, { length, seed, output }: SoakOptions): Promise<ExitStatus> {
  const progress = new Progress(length, seed, output);
  const parts: Soak = { guest, model: new SoakModel(), random: new SeededRandom(seed) };
  try {
    while (!progress.isDone()) progress.count(await transact(parts));
    for (const pool of modelledPools) {
      await compareAll(pool, parts);
      compareFile(pool, parts);
    }
    const [violation] = guest.simulator.violations;
    if (violation !== undefined) throw new WrongAnswer(`the daemon broke a rule of the driver: ${violation}`);
    progress.end(undefined, resourcesOf(guest));
    return ExitStatus.ok;
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    progress.end(error.message, resourcesOf(guest));
    return ExitStatus.notFound;
  }
}

function compareFile(pool: (typeof modelledPools)[number], { guest, model }: Soak): void {
  const path = poolPath(guest.poolDirectory, pool);
  if (readFileSync(path).equals(model.bytes(pool))) return;
  throw new WrongAnswer(`${path} does not consist of the records that were set`);
}

interface Resources {
  readonly mebibytes: number;
  readonly descriptors: number;
}

/** What the daemon takes of the machine, where the system tells it by /proc. */
function resourcesOf({ daemonPid = 0 }: SimulatedGuest): Resources | undefined {
  const memory = /^VmRSS:\s+(\d+)/m.exec(readText(thisMachine, `/proc/${daemonPid}/status`) ?? '')?.[1];
  if (memory === undefined) return undefined;
  const descriptors = listFolder(thisMachine, `/proc/${daemonPid}/fd`).length;
  return { mebibytes: Math.round(Number(memory) / kibibytesInMebibyte), descriptors };
}

const kibibytesInMebibyte = 1024;
const millisecondsInSecond = 1000;
const refreshMs = { terminal: 250, file: 10_000 } as const;
const percent = 100;
const shownRate = 'a second';

/** Counts, and tells how far a soak is: in one line at a terminal, by a line now and then anywhere else; to programs, at the end. */
class Progress {
  readonly #length: SoakLength;
  readonly #seed: number;
  readonly #output: Output;
  readonly #start = performance.now();
  readonly #counts = new Map<string, number>();
  #total = 0;
  #shownAt = this.#start;

  constructor(length: SoakLength, seed: number, output: Output) {
    this.#length = length;
    this.#seed = seed;
    this.#output = output;
    if (!output.json) output.write(`seed ${seed}\n`);
  }

  isDone(): boolean {
    return this.#total >= this.#length.transactions || this.#elapsedMs() >= this.#length.milliseconds;
  }

  count(transaction: string): void {
    this.#total += 1;
    this.#counts.set(transaction, (this.#counts.get(transaction) ?? 0) + 1);
    const now = performance.now();
    if (this.#output.json || now - this.#shownAt < refreshMs[this.#output.isTerminal ? 'terminal' : 'file']) return;
    this.#shownAt = now;
    const text = `${this.#summary()}, ${Math.floor(this.#share() * percent)} %`;
    this.#output.write(this.#output.isTerminal ? `${emptyLine}${text}` : `${text}\n`);
  }

  /** `wrong`: what was not as it must be. */
  end(wrong: string | undefined, resources: Resources | undefined): void {
    const counts = [...this.#counts].sort(([, one], [, other]) => other - one);
    if (this.#output.json) {
      writeJson(this.#output, {
        type: 'soak',
        seed: this.#seed,
        succeeded: wrong === undefined,
        wrong: wrong ?? null,
        transactions: this.#total,
        seconds: this.#elapsedMs() / millisecondsInSecond,
        counts: Object.fromEntries(counts),
        daemon: resources ?? null,
      });
      return;
    }
    const lines = [
      `${this.#summary()}: ${wrong === undefined ? 'every answer was as it must be' : `WRONG: ${wrong}`}`,
      `  ${counts.map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ')}`,
      ...(resources ? [`  daemon: ${resources.mebibytes} MiB, ${resources.descriptors} descriptors`] : []),
    ];
    this.#output.write(`${this.#output.isTerminal ? emptyLine : ''}${lines.join('\n')}\n`);
  }

  #summary(): string {
    const seconds = this.#elapsedMs() / millisecondsInSecond;
    const rate = Math.round(this.#total / seconds).toLocaleString('en');
    return `${this.#total.toLocaleString('en')} transactions in ${Math.round(seconds)} s, ${rate} ${shownRate}`;
  }

  #share(): number {
    const { transactions, milliseconds } = this.#length;
    return Math.min(1, Math.max(this.#total / transactions, this.#elapsedMs() / milliseconds));
  }

  #elapsedMs(): number {
    return performance.now() - this.#start;
  }
}

/** The start of the line, and nothing behind it. */
const emptyLine = '\r\u001b[K';
