import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import { createLog } from '../../../../src/log/log.ts';
import type { Awaitable } from '../../../../src/message/awaitable.ts';
import type { Dialect } from '../../../../src/message/dialect.ts';
import { layout } from '../../../../src/message/layout.ts';
import type { Reply } from '../../../../src/message/reply.ts';
import type { Request } from '../../../../src/message/request.ts';
import { Session } from '../../../../src/session/session.ts';
import { registrationAnswer } from '../../../support/driver-message.ts';
import { FakeDriver } from '../../../support/fake-driver.ts';

export interface Running {
  readonly driver: FakeDriver;
  readonly session: Session;
  readonly served: Request[];
  readonly lines: string[];
  readonly events: EventEmitter;
}

export function start(
  dialect: Dialect,
  answer: (request: Request) => Awaitable<Reply>,
  driver = new FakeDriver(),
  isReady?: () => boolean,
): Running {
  const served: Request[] = [];
  const lines: string[] = [];
  const events = new EventEmitter();
  const sink = (level: string, text: string): void => {
    lines.push(`${level}: ${text}`);
    events.emit('line', text);
  };
  const session = new Session({
    path: driver.path,
    dialect,
    log: createLog({ sink, level: () => 'info' }),
    ...(isReady && { isReady }),
    onRegistered: (version) => events.emit('registered', version),
    serve: (request) => {
      served.push(request);
      return answer(request);
    },
  });
  onTestFinished(() => {
    session.close();
  });
  session.start();
  return { driver, session, served, lines, events };
}

export function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

export async function register(running: Running): Promise<void> {
  await running.driver.accept();
  await running.driver.receive();
  const registered = once(running.events, 'registered');
  running.driver.send(registrationAnswer());
  await registered;
}

export function status(message: Buffer): number {
  return message.readUInt32LE(layout.header.status.offset);
}
