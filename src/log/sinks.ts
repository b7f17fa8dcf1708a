import { writeSync } from 'node:fs';
import { native } from '../device/native.ts';
import { isSystemError } from '../device/system-error.ts';
import { levels } from './level.ts';
import type { LineSink } from './log.ts';

const stderr = 2;

/** Standard error: with systemd's `<n>` priorities when it reads us, else with the program's name. */
export function standardError(environment: NodeJS.ProcessEnv, program: string): LineSink {
  const underSystemd = environment['JOURNAL_STREAM'] !== undefined;
  return (level, text) => {
    write(underSystemd ? `<${levels[level]}>${text}\n` : `${program}: ${level}: ${text}\n`);
  };
}

/** syslog(3), for a program in the background. */
export function systemLog(program: string): LineSink {
  return (level, text) => {
    native.writeSystemLog(program, levels[level], text);
  };
}

/** A log reader that is gone or does not read costs the line, never the service. */
function write(line: string): void {
  try {
    writeSync(stderr, line);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
