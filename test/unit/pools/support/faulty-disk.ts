import { type Disk, type Position, systemDisk } from '../../../../src/pools/disk.ts';

/** A call that changes something, and what happens instead of it or around it. */
export type Fault = (
  call: 'write' | 'truncate' | 'sync',
  proceed: (bytes?: Buffer) => number,
  bytes?: Buffer,
) => number;

/** A disk that asks a fault at each call that changes something. */
export class FaultyDisk implements Disk {
  fault: Fault | undefined;
  /** Calls so far. */
  calls = 0;

  open(...words: Parameters<Disk['open']>): number {
    return systemDisk.open(...words);
  }

  makeFolder(path: string, mode: number): string | undefined {
    return systemDisk.makeFolder(path, mode);
  }

  read(fd: number, into: Buffer, offset: number): number {
    return systemDisk.read(fd, into, offset);
  }

  write(fd: number, bytes: Buffer, position: Position): number {
    return this.#ask('write', (some = bytes) => systemDisk.write(fd, some, position), bytes);
  }

  truncate(fd: number, size: number): void {
    this.#ask('truncate', () => {
      systemDisk.truncate(fd, size);
      return 0;
    });
  }

  sync(fd: number): void {
    this.#ask('sync', () => {
      systemDisk.sync(fd);
      return 0;
    });
  }

  syncFolder(path: string): void {
    systemDisk.syncFolder(path);
  }

  #ask(call: 'write' | 'truncate' | 'sync', proceed: (bytes?: Buffer) => number, bytes?: Buffer): number {
    this.calls += 1;
    return this.fault === undefined ? proceed() : this.fault(call, proceed, bytes);
  }
}

/** An error as node:fs throws it. */
export function systemFailure(code: string): Error {
  return Object.assign(new Error(`${code}: a fault of the test, write`), { code, errno: -1, syscall: 'write' });
}
