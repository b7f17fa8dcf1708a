import { native } from '../device/native.ts';
import { isSystemError, systemError } from '../device/system-error.ts';
import { type Level, levels } from './level.ts';
import type { LineSink } from './log.ts';

const stderr = 2;

/** Standard error: with systemd's `<n>` priorities when it reads us, else with the program's name. */
export function standardError(environment: NodeJS.ProcessEnv): LineSink {
  const underSystemd = environment['JOURNAL_STREAM'] !== undefined;
  let lost = 0;
  const write = (level: Level, text: string): boolean =>
    isWritten(underSystemd ? `<${levels[level]}>${text}\n` : `hv_kvp_daemon: ${level}: ${text}\n`);
  return (level, text) => {
    if (lost > 0 && write('warning', `${lost} log lines were lost: nobody read them`)) lost = 0;
    if (lost > 0 || !write(level, text)) lost += 1;
  };
}

/** syslog(3), for a daemon in the background. */
export const systemLog: LineSink = (level, text) => {
  native.writeSystemLog(levels[level], text);
};

/** A log reader that is gone or does not read costs the line, never the service. */
function isWritten(line: string): boolean {
  try {
    return native.writeWithoutWaiting(stderr, line);
  } catch (thrown) {
    const error = systemError(thrown);
    if (!isSystemError(error)) throw error;
    return false;
  }
}
