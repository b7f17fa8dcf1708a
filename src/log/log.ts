import { printable } from '../message/printable.ts';
import { type Level, levels } from './level.ts';
import { LineBudget } from './line-budget.ts';

/** One line an event. Values of records appear at debug only, whose text is made only when somebody reads it. */
export interface Log extends Readonly<Record<Exclude<Level, 'debug'>, (text: string) => void>> {
  readonly debug: (text: () => string) => void;
  /** What was changed on somebody else's behalf: an info line that no flood of others hides. */
  readonly audit: (text: string) => void;
}

/** Takes one whole line with its priority; must not throw. */
export type LineSink = (level: Level, text: string) => void;

export interface LogOptions {
  readonly sink: LineSink;
  /** Asked for each line: the least important that is written. */
  readonly level: () => Level;
}

/**
 * A log that a flood of bad requests cannot flood: beyond a burst, lines are left out and counted, and their count is
 * reported after a pause. Debug lines are asked for, so they are not limited.
 */
export function createLog({ sink, level: least }: LogOptions): Log {
  const newBudget = (): LineBudget =>
    new LineBudget((leftOut) => {
      sink('warning', `${leftOut} log lines suppressed`);
    });
  const isWritten = (level: Level): boolean => levels[level] <= levels[least()];
  const limited = (level: Level, budget: LineBudget) => (text: string) => {
    if (isWritten(level) && budget.take()) sink(level, printable(text));
  };
  const shared = newBudget();
  return {
    error: limited('error', shared),
    warning: limited('warning', shared),
    notice: limited('notice', shared),
    info: limited('info', shared),
    audit: limited('info', newBudget()),
    debug: (text) => {
      if (isWritten('debug')) sink('debug', printable(text()));
    },
  };
}
