import { readFileSync } from 'node:fs';
import { isSystemError } from '../device/system-error.ts';
import { native } from '../device/native.ts';

/** Who holds a lock on an open file, in words for the log; "another process" if the system does not tell. */
export function describeLockHolder(fd: number, inode: bigint): string {
  const pid = holderInProc(inode) ?? native.lockHolder(fd);
  if (pid === undefined) return 'another process';
  const name = readOrNothing(`/proc/${pid}/comm`)?.trim();
  return name === undefined ? `process ${pid}` : `process ${pid} (${name})`;
}

/** A line of Linux's list: number, kind, mode, access, process (-1 where it is not told), device and inode, range. */
const lockLine = /^\d+: \w+ +\w+ +\w+ (?<pid>\d+) [^ ]+:(?<inode>\d+) /;

function holderInProc(inode: bigint): number | undefined {
  const lines = (readOrNothing('/proc/locks') ?? '').split('\n');
  const holders = lines.map((line) => lockLine.exec(line)?.groups).filter((lock) => lock?.['inode'] === String(inode));
  const pid = Number(holders[0]?.['pid']);
  return pid > 0 ? pid : undefined;
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
