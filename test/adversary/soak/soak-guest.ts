import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { poolPath } from '../../../src/pools/pools.ts';
import { ExitStatus } from '../../../src/hvkvp/exit-status.ts';
import type { GuestOptions, SimulatedGuest } from '../../../src/hvkvp/simulate/guest.ts';
import { playGuest } from '../../../src/hvkvp/simulate/play.ts';
import { modelledPools, SoakModel } from './model.ts';
import { SeededRandom } from './random.ts';
import { Growth, type Look } from './resources.ts';
import { StalledClient } from './stalled-client.ts';
import { compareAll, transact } from './transactions.ts';
import { expectEqual, type Soak, WrongAnswer } from './soak.ts';

/** How long a soak goes on: until either is reached. */
export interface SoakLength {
  readonly milliseconds: number;
  readonly transactions: number;
}

export interface SoakOptions {
  readonly length: SoakLength;
  /** The same seed makes the same transactions. */
  readonly seed: number;
  readonly print: (line: string) => void;
}

/** The last lines of the daemon's log that are shown if something was wrong. */
const shownLines = 20;

/** Soaks a guest. The daemon's log is kept to itself unless something is wrong: it tells of every withdrawal. */
export async function soakGuest(guest: Omit<GuestOptions, 'log'>, options: SoakOptions): Promise<ExitStatus> {
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
    if (lines.length > shownLines) lines.shift();
  };
  const status = await playGuest({ ...guest, log }, (started) => soak(started, options));
  if (status !== ExitStatus.ok) for (const line of lines) options.print(`  daemon: ${line}`);
  return status;
}

/**
 * Makes mixed transactions one after the other and compares every answer with a model of the pools; at the end all records,
 * and the files, and what the daemon takes of the machine. Returns status 0 if all was as it must be, 1 at the first thing that
 * was not.
 */
async function soak(guest: SimulatedGuest, { length, seed, print }: SoakOptions): Promise<ExitStatus> {
  await controlSocketOf(guest);
  const progress = new Progress(length, seed, print);
  const growth = new Growth(guest.daemonPid ?? 0);
  const stalledClient = new StalledClient(guest.controlSocket);
  const parts: Soak = { guest, model: new SoakModel(), random: new SeededRandom(seed), stalledClient };
  try {
    await growth.look('at the start');
    for (const share of stretches) {
      while (progress.share() < share) {
        progress.count(await transact(parts, progress.total));
        growth.sample();
      }
      stalledClient.close();
      await growth.look(`after ${progress.total.toLocaleString('en')}`);
    }
    await compare(parts);
    if (progress.total >= worthJudging) growth.judge(basis);
    progress.end(undefined, growth.looks);
    return ExitStatus.ok;
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    progress.end(error.message, growth.looks);
    return ExitStatus.notFound;
  } finally {
    stalledClient.close();
  }
}

/** Parts of the whole, at whose ends the daemon is looked at: what it takes in the second must be enough for the last. */
const stretches = [0.2, 0.4, 0.8, 1];
const basis = 2;
/** Before so many the daemon still opens for the first time what it then keeps open. */
const worthJudging = 1000;

const betweenLooksMs = 10;

/** The daemon opens it while it serves its host already. Keeps nothing alive: there is none of a daemon that has ended. */
async function controlSocketOf({ controlSocket }: SimulatedGuest): Promise<void> {
  while (!existsSync(controlSocket)) await pause(betweenLooksMs, undefined, { ref: false });
}

async function compare(parts: Soak): Promise<void> {
  for (const pool of modelledPools) {
    await compareAll(pool, parts);
    compareFile(pool, parts);
  }
  const { violations, lateReplies } = parts.guest.simulator;
  const [violation] = violations;
  if (violation !== undefined) throw new WrongAnswer(`the daemon broke a rule of the driver: ${violation}`);
  expectEqual('replies that came too late', lateReplies, 0);
}

function compareFile(pool: (typeof modelledPools)[number], { guest, model }: Soak): void {
  const path = poolPath(guest.poolDirectory, pool);
  if (readFileSync(path).equals(model.bytes(pool))) return;
  throw new WrongAnswer(`${path} does not consist of the records that were set`);
}

const millisecondsInSecond = 1000;
const refreshMs = 10_000;
const percent = 100;

/** Counts, and says how far a soak is, by a line now and then. */
class Progress {
  readonly #length: SoakLength;
  readonly #print: (line: string) => void;
  readonly #start = performance.now();
  readonly #counts = new Map<string, number>();
  #total = 0;
  #shownAt = this.#start;

  constructor(length: SoakLength, seed: number, print: (line: string) => void) {
    this.#length = length;
    this.#print = print;
    print(`seed ${seed}`);
  }

  get total(): number {
    return this.#total;
  }

  /** How much of the length is done: 1 is all. */
  share(): number {
    const { transactions, milliseconds } = this.#length;
    return Math.min(1, Math.max(this.#total / transactions, this.#elapsedMs() / milliseconds));
  }

  count(transaction: string): void {
    this.#total += 1;
    this.#counts.set(transaction, (this.#counts.get(transaction) ?? 0) + 1);
    const now = performance.now();
    if (now - this.#shownAt < refreshMs) return;
    this.#shownAt = now;
    this.#print(`${this.#summary()}, ${Math.floor(this.share() * percent)} %`);
  }

  /** `wrong`: what was not as it must be. */
  end(wrong: string | undefined, daemon: readonly Look[]): void {
    const counts = [...this.#counts].sort(([, one], [, other]) => other - one);
    this.#print(`${this.#summary()}: ${wrong === undefined ? 'every answer was as it must be' : `WRONG: ${wrong}`}`);
    this.#print(`  ${counts.map(([name, count]) => `${name} ${count.toLocaleString('en')}`).join(', ')}`);
    for (const { when, mebibytes, descriptors, threads } of daemon) {
      this.#print(`  daemon ${when}: ${mebibytes} MiB, ${descriptors} descriptors, ${threads} threads`);
    }
  }

  #summary(): string {
    const seconds = this.#elapsedMs() / millisecondsInSecond;
    const rate = Math.round(this.#total / seconds).toLocaleString('en');
    return `${this.#total.toLocaleString('en')} transactions in ${Math.round(seconds)} s, ${rate} a second`;
  }

  #elapsedMs(): number {
    return performance.now() - this.#start;
  }
}
