import { fstatSync, readFileSync, type Stats } from 'node:fs';
import { native } from '../device/native.ts';
import { unlessFails } from '../device/system-error.ts';

/** Who holds a lock on an open file. */
export interface LockHolder {
  readonly pid: number;
  /** Whether its user may not write to the file: the lock is not for a change. False where the system does not say. */
  readonly mayOnlyRead: boolean;
  /** For the log. */
  readonly description: string;
}

/** Who holds a lock on an open file, in words for the log; "another process" if the system does not say. */
export function describeLockHolder(fd: number): string {
  return lockHolders(fd)[0]?.description ?? 'another process';
}

/** Whether all who hold a lock on an open file are known, and none of them may write to it. */
export function isLockedByReaders(fd: number): boolean {
  const holders = lockHolders(fd);
  return holders.length > 0 && holders.every(({ mayOnlyRead }) => mayOnlyRead);
}

/** Those that the system lists. */
export function lockHolders(fd: number): readonly LockHolder[] {
  const listed = locksInProc(fd);
  const other = listed.length > 0 ? undefined : native.lockHolder(fd);
  const locks = other === undefined ? listed : [{ pid: other, isForWriting: true }];
  const status = fstatSync(fd);
  // Those that are named come first.
  return [...locks].sort((one, two) => two.pid - one.pid).map((lock) => holderOf(lock, status));
}

interface Lock {
  /** -1 where the system does not say. */
  readonly pid: number;
  /** Such a lock takes a descriptor that is open for writing. */
  readonly isForWriting: boolean;
}

function holderOf({ pid, isForWriting }: Lock, file: Stats): LockHolder {
  if (pid <= 0) return { pid, mayOnlyRead: false, description: 'another process' };
  const name = readOrNothing(`/proc/${pid}/comm`)?.trim();
  const process = name === undefined ? `process ${pid}` : `process ${pid} (${name})`;
  const status = readOrNothing(`/proc/${pid}/status`);
  if (isForWriting || status === undefined || mayWrite(status, file)) {
    return { pid, mayOnlyRead: false, description: process };
  }
  const user = `user ${numbersIn(status, 'Uid')[fileSystemUser]}`;
  return { pid, mayOnlyRead: true, description: `${process} of ${user}, which may only read the file,` };
}

const modes = { owner: 0o200, group: 0o020, others: 0o002 } as const;
/** Of Uid's and Gid's four numbers, the one by which files are judged. */
const fileSystemUser = 3;
/** CAP_DAC_OVERRIDE, as a bit of the capabilities. */
const overridesModes = 0b10n;

function mayWrite(status: string, { uid, gid, mode }: Stats): boolean {
  const capabilities = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  if ((capabilities & overridesModes) !== 0n || (mode & modes.others) !== 0) return true;
  if (numbersIn(status, 'Uid')[fileSystemUser] === uid) return (mode & modes.owner) !== 0;
  const groups = [numbersIn(status, 'Gid')[fileSystemUser], ...numbersIn(status, 'Groups')];
  return groups.includes(gid) && (mode & modes.group) !== 0;
}

function numbersIn(status: string, field: string): readonly number[] {
  const [, text = ''] = new RegExp(`^${field}:(.*)$`, 'm').exec(status) ?? [];
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** A line of Linux's list: number, kind, mode, access, process, device and inode, range; one that waits has an arrow before its kind. */
const lockLine = /^\d+: (?<kind>\w+) +\w+ +(?<access>\w+) +(?<pid>-?\d+) (?<file>[0-9a-f]+:[0-9a-f]+:\d+) /;

function locksInProc(fd: number): readonly Lock[] {
  const file = fileInLocks(fd);
  const lines = (readOrNothing('/proc/locks') ?? '').split('\n');
  return lines.flatMap((line) => {
    const { kind, access, pid, file: locked } = lockLine.exec(line)?.groups ?? {};
    if (locked === undefined || locked !== file) return [];
    return [{ pid: Number(pid), isForWriting: kind !== 'FLOCK' && access === 'WRITE' }];
  });
}
/** As the list names it. The device is the file system's as mounts have it; that of stat(2) is another one on btrfs. */
function fileInLocks(fd: number): string | undefined {
  const mount = /^mnt_id:\s*(\d+)$/m.exec(readOrNothing(`/proc/self/fdinfo/${fd}`) ?? '')?.[1];
  if (mount === undefined) return undefined;
  const mounts = (readOrNothing('/proc/self/mountinfo') ?? '').split('\n').map((line) => line.split(' '));
  const device = mounts.find(([id]) => id === mount)?.[2]?.split(':');
  const inode = BigInt.asUintN(64, fstatSync(fd, { bigint: true }).ino);
  return device && [...device.map((part) => Number(part).toString(16).padStart(2, '0')), inode].join(':');
}

function readOrNothing(path: string): string | undefined {
  return unlessFails(() => readFileSync(path, 'utf8'));
}
