import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const longest = 1_048_576;

it('a line for a pipe that nobody reads is given up, not waited for; there is room again for the next', () => {
  const path = join(temporaryFolder(), 'pipe');
  spawnSync('mkfifo', [path]);
  // Both ends of it, so that opening does not wait.
  const fd = openSync(path, 'r+');
  onTestFinished(() => {
    closeSync(fd);
  });
  const line = 'a line of the log\n';
  let lines = 0;
  while (native.writeWithoutWaiting(fd, line)) lines += 1;
  expect(lines).toBeGreaterThan(1);
  expect(readSync(fd, Buffer.alloc(longest))).toBeGreaterThan(lines);
  expect(native.writeWithoutWaiting(fd, line)).toBe(true);
});
