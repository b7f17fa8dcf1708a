import { closeSync, fstatSync } from 'node:fs';
import { native } from '../device/native.ts';
import type { Level } from '../log/level.ts';
import { createLog, type LineSink, type Log } from '../log/log.ts';
import { standardError, systemLog } from '../log/sinks.ts';
import { printable } from '../message/printable.ts';
import { isInBackground } from './background.ts';

/** Makes this process a service of a name, which goes on whatever Node would do otherwise; returns its log. */
export function beginService(name: string, level: () => Level): Log {
  native.setProcessName(name);
  const sink = isInBackground() ? systemLog(name) : standardError(process.env, name);
  if (isInBackground()) logCrash(sink);
  const log = createLog({ sink, level });
  ignoreNodeSignals(log);
  leaveTerminalAtEnd();
  return log;
}

/**
 * Writes the stack of a mistake that ends this process to the log: in the background nobody sees where Node would write it. Past the
 * limit of lines, since nothing comes after it.
 */
function logCrash(sink: LineSink): void {
  process.on('uncaughtExceptionMonitor', (error) => {
    const lines = (error.stack ?? error.message).split('\n');
    sink('error', 'ended by a bug in the program:');
    for (const line of lines) sink('error', printable(line));
  });
}

/** Signals for which Node would open its debugger, or write a report; for us they mean nothing. Each is logged once. */
function ignoreNodeSignals(log: Log): void {
  for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) {
    let isLogged = false;
    process.on(signal, () => {
      if (!isLogged) log.notice(`${signal} is ignored`);
      isLogged = true;
    });
  }
}

/**
 * At its exit Node restores the settings of a terminal, and aborts if the terminal has gone. A service changes none, so it closes the
 * terminal first.
 */
function leaveTerminalAtEnd(): void {
  process.once('exit', () => {
    for (const fd of [0, 1, 2]) if (fstatSync(fd).isCharacterDevice()) closeSync(fd);
  });
}
