import { closeSync, fstatSync } from 'node:fs';

const standardDescriptors = [0, 1, 2];

/**
 * At its end Node gives a terminal back the settings that it had, and aborts if the terminal has gone meanwhile. A service changes none, so
 * it may close it before.
 */
export function leaveTerminalAtEnd(): void {
  process.once('exit', () => {
    for (const fd of standardDescriptors) if (fstatSync(fd).isCharacterDevice()) closeSync(fd);
  });
}
