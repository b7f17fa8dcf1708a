import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../../../../src/message/dialect.ts';
import { Conversation } from './conversation.ts';
import { Finding, FuzzedDaemon, type FuzzedOptions } from './fuzzed-daemon.ts';
import { guestOf } from './guest.ts';
import { writeMessageFile } from './message-file.ts';
import { Messages } from './messages.ts';
import { minimise } from './minimise.ts';
import type { PoolModel } from './pool-model.ts';
import { Random } from './random.ts';
import { harmless } from './replay.ts';

export interface Course {
  /** What was wrong with a reply, and where the messages are that show it; "" if nothing was. */
  readonly finding: string;
  readonly daemon: FuzzedDaemon;
  readonly model: PoolModel;
  /** MiB in use, at regular distances from the first fifth on. */
  readonly rssMb: readonly number[];
  readonly descriptors: readonly number[];
  readonly messagesASecond: number;
}

export interface Plan {
  readonly system: System;
  readonly seed: number;
  readonly messages: number;
  /** Instead of the usual share. */
  readonly ipOneIn?: number;
  readonly options?: FuzzedOptions;
}

/** FreeBSD's answers come from programs, which are started for each. */
const usualIpOneIn: Readonly<Record<System, number>> = { linux: 100, freebsd: 1000 };
const looks = 50;
const firstLook = 10;
const remembered = 256;
const msInSecond = 1000;
const findings = join(import.meta.dirname, '../../../../build/fuzz');

/** Sends so many messages to a daemon, which is left running for whoever wants to look at it. */
export async function fuzz({ system, seed, messages: count, ipOneIn, options = harmless }: Plan): Promise<Course> {
  const guest = guestOf(system);
  const daemon = await FuzzedDaemon.start(guest, options);
  const conversation = new Conversation(daemon);
  const { dialect } = daemon;
  const { model } = conversation;
  const messages = new Messages({
    random: new Random(seed),
    dialect,
    guest,
    model,
    ipOneIn: ipOneIn ?? usualIpOneIn[system],
  });
  const last = Array.from({ length: remembered }, () => Buffer.alloc(dialect.messageSize));
  const look = Math.ceil(count / looks);
  const course = { daemon, model, rssMb: [] as number[], descriptors: [] as number[] };
  const start = performance.now();
  let sent = 0;
  try {
    for (const message of inTurn(last, count)) {
      messages.next(message);
      sent += 1;
      conversation.exchange(message);
      if (sent % look !== 0) continue;
      if (sent >= look * firstLook) {
        course.rssMb.push(daemon.rssMb());
        course.descriptors.push(daemon.descriptors());
      }
      // Whoever runs this wants a sign of life.
      await new Promise(setImmediate);
    }
    return { ...course, finding: '', messagesASecond: aSecond(sent, start) };
  } catch (error) {
    if (!(error instanceof Finding)) throw error;
    const history = [...last.slice(sent % remembered), ...last.slice(0, sent % remembered)].slice(-sent);
    const where = await keep({ system, seed, messages: sent, options }, history, error.message);
    return {
      ...course,
      finding: `message ${sent}: ${error.message}; see ${where}`,
      messagesASecond: aSecond(sent, start),
    };
  }
}

function* inTurn<T>(rooms: readonly T[], count: number): Generator<T, void> {
  for (let left = count; left > 0; left -= rooms.length) yield* rooms.slice(0, left);
}

function aSecond(count: number, start: number): number {
  return (count * msInSecond) / (performance.now() - start);
}

/** Returns the path of the messages that show a finding. */
async function keep(
  { system, seed, messages, options }: Plan,
  history: readonly Buffer[],
  reason: string,
): Promise<string> {
  mkdirSync(findings, { recursive: true });
  const path = join(findings, `${system}-${seed}-${messages}.hex`);
  const file = { system, messages: history };
  writeMessageFile(path, file, reason);
  writeMessageFile(path, await minimise(file, options), reason);
  return path;
}
