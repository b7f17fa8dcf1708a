import { closeSync, fstatSync } from 'node:fs';

const standardDescriptors = [0, 1, 2];

/**
 * At its exit Node restores the settings of a terminal, and aborts if the terminal has gone. A service changes none, so it closes the
 * terminal first.
 */
export function leaveTerminalAtEnd(): void {
  process.once('exit', () => {
    for (const fd of standardDescriptors) if (fstatSync(fd).isCharacterDevice()) closeSync(fd);
  });
}
