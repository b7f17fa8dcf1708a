import { fstatSync } from 'node:fs';
import { native } from '../device/native.ts';
import { unlessFails } from '../device/system-error.ts';
import { type Level, levels } from './level.ts';
import type { LineSink } from './log.ts';

const stderr = 2;

/** Standard error: with systemd's `<n>` priorities when it reads us, else with the program's name. */
export function standardError(environment: NodeJS.ProcessEnv, program: string): LineSink {
  const isRead = leadsTo(environment['JOURNAL_STREAM']);
  return countingLost((level, text) =>
    isWritten(isRead ? `<${levels[level]}>${text}\n` : `${program}: ${level}: ${text}\n`),
  );
}

/** Whether standard error is the journal's, and not that of a program which a service started: DEVICE:INODE, see systemd.exec(5). */
function leadsTo(stream: string | undefined): boolean {
  // It may be closed.
  const status = stream === undefined ? undefined : unlessFails(() => fstatSync(stderr, { bigint: true }));
  return status !== undefined && stream === `${status.dev}:${status.ino}`;
}

/** The system's log, for a program in the background. */
export function systemLog(program: string): LineSink {
  return countingLost((level, text) => native.writeSystemLog(program, levels[level], text));
}

/** The first line after the reader was too slow says how many lines were lost. */
function countingLost(write: (level: Level, text: string) => boolean): LineSink {
  let lost = 0;
  return (level, text) => {
    if (lost > 0 && write('warning', `${lost} log lines were lost: the reader was too slow`)) lost = 0;
    if (lost > 0 || !write(level, text)) lost += 1;
  };
}

/** A log reader that is gone or does not read costs the line, never the service. */
function isWritten(line: string): boolean {
  return unlessFails(() => native.writeWithoutWaiting(stderr, line)) ?? false;
}
