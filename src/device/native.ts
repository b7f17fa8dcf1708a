import { fileURLToPath } from 'node:url';
import findAddon from 'bindings';
import type { Field } from '../message/field.ts';

/** The C++ addon as it is; its errors carry a positive `errno` and a `syscall`, see {@link systemError}. */
interface Native {
  readonly KvpDevice: new (pathOrFd: string | number, onReady: (revents: number) => void) => NativeDevice;
  /** The compiler's view of this system's message. */
  readonly layout: { readonly size: number; readonly fields: Readonly<Record<string, Field>> };
  /** A new listening SOCK_SEQPACKET socket at a path; returns its descriptor. */
  readonly listenSeqpacket: (path: string) => number;
  /** The next connection's descriptor; throws EAGAIN when none waits. */
  readonly acceptSeqpacket: (fd: number) => number;
  readonly ChangeWatch: new (path: string) => NativeChangeWatch;
  readonly StatusWatch: new (path: string) => NativeStatusWatch;
  readonly NetworkWatch: new () => NativeNetworkWatch;
  /** pread(2): bytes read, 0 at the end of the file. This and the next ones may do less than they were asked to. */
  readonly readAt: (fd: number, into: Buffer, offset: number) => number;
  /** pwrite(2): bytes written. */
  readonly writeAt: (fd: number, bytes: Buffer, offset: number) => number;
  /** write(2) to a descriptor that is open for appending: bytes written. */
  readonly append: (fd: number, bytes: Buffer) => number;
  /** Bytes in an open file. */
  readonly sizeOf: (fd: number) => number;
  /** Whether an open file still has a name. */
  readonly isLinked: (fd: number) => boolean;
  /** Takes flock(2) and fcntl(2) locks on a whole file, or neither and returns false; never waits. */
  readonly tryLock: (fd: number, mode: 'exclusive' | 'shared') => boolean;
  readonly unlock: (fd: number) => void;
  /** The process that holds a conflicting fcntl lock, if there is one and the system tells. */
  readonly lockHolder: (fd: number) => number | undefined;
  /** One message to an AF_UNIX SOCK_DGRAM socket; a name that begins with "@" is one of Linux's abstract sockets. */
  readonly sendDatagram: (name: string, text: string) => void;
  /** What the hypervisor calls itself to CPUID; "" on a physical machine, undefined on a processor that has no CPUID. */
  readonly hypervisorVendor: () => string | undefined;
  /** The process's name in ps, at most 15 bytes; from the main thread only. */
  readonly setProcessName: (name: string) => void;
  /** write(2), but never longer than there is room at once: whether all of it was written. */
  readonly writeWithoutWaiting: (fd: number, text: string) => boolean;
  /** Whether a crash may write the memory of this process to a file, and others of its user look into it. */
  readonly allowCoreDumps: (allowed: boolean) => void;
  /** The C library is to return freed memory to the system, rather than keep ever more of it. */
  readonly giveBackFreedMemory: () => void;
  /** syslog(3) with facility daemon. */
  readonly writeSystemLog: (priority: number, text: string) => void;
}

/** One message channel: a character device, or a SOCK_SEQPACKET socket. */
export interface NativeDevice {
  /** -1 once closed. */
  readonly fd: number;
  /** One call of `onReady` when something happens, then silence until armed again. */
  arm(): void;
  /** poll(2)'s events now or within the time, 0 for none. */
  poll(timeoutMs: number): number;
  /** Bytes read, 0 if the other side is gone, undefined if no message came within the time; by default it does not wait. */
  read(message: Buffer, waitUs?: number): number | undefined;
  /** Bytes written, undefined if there was a message to read and so none were. */
  write(message: Buffer, unlessReadable?: boolean): number | undefined;
  /** Ends the thread, closes, drops the callback; any number of times. */
  close(): void;
}

/** Tells whether a file may have changed, whoever changed it; holds a descriptor until closed. */
export interface NativeChangeWatch {
  /**
   * From now on the file as it is counts as known: the one open at the descriptor, or, without one, whatever the path names.
   * Returns its size in bytes, or -1 if the path names no file, or another one than the descriptor.
   */
  settle(fd?: number): number;
  /** Whether the path may name anything else than the file as it was at the last `settle`; true before the first. */
  changed(): boolean;
  close(): void;
}

/** Tells by its status whether a file may have changed, links followed. */
export interface NativeStatusWatch {
  /** Whether the path may lead to anything else than at the last call; true at the first, and again if the file was young then. */
  changed(): boolean;
}

/** Tells whether links, addresses or routes may have changed, whoever changed them; holds a descriptor until closed. */
export interface NativeNetworkWatch {
  /** Whether they may have since the last call. */
  changed(): boolean;
  close(): void;
}

// The addon's own exports; bindings knows no types.
export const native = findAddon({
  bindings: 'hv_kvp',
  module_root: fileURLToPath(new URL('../..', import.meta.url)),
  try: [
    ['module_root', 'build', 'Release', 'bindings'],
    // Where tests compile programs below build, such as the network run.
    ['module_root', 'Release', 'bindings'],
    // The one that came along, where none was compiled.
    ['module_root', 'prebuilds', `${process.platform}-${process.arch}`, 'bindings'],
  ],
}) as Native;
