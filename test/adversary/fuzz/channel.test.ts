import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/message/dialect.ts';
import { asked } from './support/asked.ts';
import { Conversation } from './support/conversation.ts';
import { FuzzedDaemon } from './support/fuzzed-daemon.ts';
import { guestOf } from './support/guest.ts';
import { Messages } from './support/messages.ts';
import { Random } from './support/random.ts';
import { harmless } from './support/replay.ts';

/** Each act may cost the daemon its connection, and it waits before it comes again. */
const share = 2000;
const fewest = 5;
const messagesBetween = 5;
const longest = 60_000;
const warmUp = 300;
/** Files of pools are closed when a second has gone without a change, and opened again; fewer than any act that leaks one would leave. */
const fewDescriptors = 3;
const { seed } = asked;
const count = Math.max(fewest, Math.ceil(asked.messages / share));

interface Stage {
  readonly daemon: FuzzedDaemon;
  readonly random: Random;
  /** A message as the others are. */
  readonly message: () => Buffer;
  /** Of so many random bytes. */
  readonly bytes: (length: number) => Buffer;
}

/** What no driver does; some of it makes the daemon open its device again. */
const acts: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async 'a message that is too short'({ daemon, random, bytes }) {
    daemon.send(bytes(random.below(daemon.dialect.messageSize)));
    await comesAgain(daemon);
  },

  async 'a message that is too long'({ daemon, random, bytes }) {
    daemon.send(bytes(daemon.dialect.messageSize + 1 + random.below(longest)));
    await comesAgain(daemon);
  },

  async 'an end at any moment'({ daemon, random, message }) {
    if (random.oneIn(2)) daemon.send(message());
    daemon.hangUp();
    await daemon.accept();
  },

  async 'an end after half a conversation'({ daemon, message }) {
    daemon.exchange(message());
    daemon.send(message());
    daemon.hangUp();
    await daemon.accept();
  },

  async 'a registration that is answered with anything'({ daemon, bytes }) {
    daemon.hangUp();
    await daemon.accept(bytes(daemon.dialect.messageSize));
  },

  async 'a registration that is answered with too little'({ daemon, random, bytes }) {
    if (!daemon.dialect.answersRegistration) return;
    daemon.hangUp();
    await daemon.accept(bytes(1 + random.below(daemon.dialect.messageSize - 1)));
    await comesAgain(daemon);
  },

  async 'an end in place of the answer to the registration'({ daemon }) {
    daemon.hangUp();
    await daemon.accept();
    daemon.hangUp();
    await daemon.accept();
  },
};

async function comesAgain(daemon: FuzzedDaemon): Promise<void> {
  expect(() => daemon.receive()).toThrow('the daemon closed the connection');
  daemon.hangUp();
  await daemon.accept();
}

describe.each(asked.systems)(`a guest of %s, seed ${seed},`, (system) => {
  it.each(Object.entries(acts))(
    `survives ${count} times %s, and serves as before`,
    async (_, act) => {
      await survives(system, act);
    },
    Infinity,
  );
});

async function survives(system: System, act: (stage: Stage) => Promise<void>): Promise<void> {
  const daemon = await FuzzedDaemon.start(guestOf(system, 'socket'), harmless);
  const { dialect, guest } = daemon;
  const random = new Random(seed);
  const conversation = new Conversation(daemon);
  const messages = new Messages({ random, dialect, guest, model: conversation.model, ipOneIn: Infinity });
  const message = (): Buffer => {
    const next = Buffer.alloc(dialect.messageSize);
    messages.next(next);
    return next;
  };
  const bytes = (length: number): Buffer => {
    const next = Buffer.alloc(length);
    random.fill(next);
    return next;
  };
  // Until all files are open.
  for (let first = 0; first < warmUp; first += 1) conversation.exchange(message());
  const descriptors = daemon.descriptors();
  for (let done = 0; done < count; done += 1) {
    await act({ daemon, random, message: harmlessOf(message), bytes });
    for (let more = 0; more < messagesBetween; more += 1) conversation.exchange(message());
  }
  const strayLines = daemon.strayLines();
  const descriptorsNow = daemon.descriptors();
  await daemon.end();
  expect(strayLines).toEqual([]);
  expect(descriptorsNow - descriptors).toBeLessThanOrEqual(fewDescriptors);
}

/** One that changes nothing: whether its reply came is not told to the model. */
function harmlessOf(message: () => Buffer): () => Buffer {
  return () => {
    const next = message();
    next[0] = 3;
    return next;
  };
}
