import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { peer } from './compile.mjs';

/**
 * @typedef {object} Plan
 * @property {readonly string[]} requests each as the driver program in C takes it, such as "get 1 0 9"
 * @property {number} [count] at most so many rounds
 * @property {number} limitMs
 * @property {number} [warmUpMs]
 * @property {number} [pauseUs] before every request
 *
 * @typedef {object} Outcome
 * @property {number} succeeded replies with status S_OK
 * @property {readonly (readonly number[])[]} nanoseconds of each round trip, by request
 */

const manyRounds = 1_000_000;

/** The words that pin a program to a processor. @param {number | undefined} cpu */
export function pinned(cpu) {
  return cpu === undefined ? [] : ['taskset', '--cpu-list', `${cpu}`];
}

/** A daemon with the driver program in C on the other end of its channel. */
export class Channel {
  /** @type {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, null>} */
  #process;
  /** @type {AsyncIterator<string>} */
  #lines;

  #log;

  /** Of the daemon. */
  pid = 0;
  /** From its start until it was registered. */
  registeredAfterNs = 0;

  /**
   * Starts both; resolves when the daemon is registered.
   * @param {{ socket: string, words: readonly string[], cpu: number | undefined }} options
   */
  static async open({ socket, words, cpu }) {
    const log = `${socket}.log`;
    const channel = new Channel([...pinned(cpu), peer('driver'), socket, log, ...words], log);
    const { pid, registeredAfter } = /** @type {{ pid: number, registeredAfter: number }} */ (await channel.#answer());
    channel.pid = pid;
    channel.registeredAfterNs = registeredAfter;
    return channel;
  }

  /** @param {string[]} words @param {string} log what the daemon says */
  constructor([program = '', ...words], log) {
    this.#log = log;
    this.#process = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** @param {Plan} plan @returns {Promise<Outcome>} */
  async measure({ requests, count = manyRounds, limitMs, warmUpMs = 0, pauseUs = 0 }) {
    this.#process.stdin.write(`${[count, limitMs, warmUpMs, pauseUs, ...requests].join(' ')}\n`);
    return /** @type {Outcome} */ (await this.#answer());
  }

  /** Ends both. */
  async close() {
    const ended = once(this.#process, 'exit');
    this.#process.stdin.end();
    await ended;
  }

  /** @returns {Promise<unknown>} */
  async #answer() {
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the channel ended; the daemon's log:\n${readFileSync(this.#log, 'utf8')}`);
    /** @type {unknown} */
    const answer = JSON.parse(line.value);
    return answer;
  }
}
