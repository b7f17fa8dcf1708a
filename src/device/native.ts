import { fileURLToPath } from 'node:url';
import findAddon from 'bindings';
import { prebuiltName } from './prebuilt.ts';
import { withSystemErrors } from './with-system-errors.ts';

/** The C++ addon. */
interface Native {
  readonly ChannelHandle: new (pathOrFd: string | number, onReady: (revents: number) => void) => NativeChannel;
  readonly ChangeWatch: new (path: string) => NativeChangeWatch;
  readonly StatusWatch: new (path: string) => NativeStatusWatch;
  readonly NetworkWatch: new () => NativeNetworkWatch;
  /** Links, addresses and default routes, also of links that are down or not connected. */
  readonly readNetworkState: () => NetworkState;
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
  /** The process that holds a conflicting fcntl lock, if there is one and the system says so. */
  readonly lockHolder: (fd: number) => number | undefined;
  /**
   * By getaddrinfo(3) in a thread of its own, which may take as long as the resolver pleases, and ends with the process; undefined
   * without an answer. `answer` must not throw.
   */
  readonly lookUpCanonicalName: (name: string, answer: (canonicalName: string | undefined) => void) => void;
  /** Numbers of a user and its group, as the system knows them; undefined if there is no such user. */
  readonly findUser: (name: string) => readonly [uid: number, gid: number] | undefined;
  /** One message to an AF_UNIX SOCK_DGRAM socket, EAGAIN if it takes none at once; a name that begins with "@" is one of Linux's abstract sockets. */
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
  /** A line for the system's log with facility daemon, from a program of this name: whether it could be sent at once. */
  readonly writeSystemLog: (name: string, priority: number, text: string) => boolean;
  /** From now on no program that is run has more rights than this process; whatever thread runs it. */
  readonly forbidNewPrivileges: () => void;
  /** These four of all threads, by the calls of these names; not while libuv may give work to io_uring. */
  readonly setGroups: (gids: readonly (number | string)[]) => void;
  readonly setGid: (gid: number) => void;
  readonly setUid: (uid: number) => void;
  readonly setEffectiveUid: (uid: number) => void;
  /** A new listening SOCK_SEQPACKET socket at a path; returns its descriptor. This and those that follow never wait. */
  readonly listenSeqpacket: (path: string) => number;
  /** The next connection's descriptor; throws EAGAIN when none waits. */
  readonly acceptSeqpacket: (fd: number) => number;
  /** A connection to a SOCK_SEQPACKET socket at a path; returns its descriptor. */
  readonly connectSeqpacket: (path: string) => number;
  /** Both ends of a SOCK_SEQPACKET connection. */
  readonly socketPair: () => readonly [number, number];
  /** One packet, with a copy of a descriptor. */
  readonly sendPacket: (fd: number, bytes: Buffer, descriptor?: number) => void;
  /** The next packet within the time: bytes, 0 if the other side is gone, and the descriptor that came with it, or -1. */
  readonly receivePacket: (fd: number, into: Buffer, timeoutMs: number) => ReceivedPacket;
  /** The effective user of the process that connected. */
  readonly peerUser: (fd: number) => number;
  /** Opens the device, or connects to a simulated one; never by a symbolic link. */
  readonly openChannel: (path: string) => number;
}

/** What the kernel has. On FreeBSD only addresses, without flags. */
export interface NetworkState {
  readonly links: readonly LinkState[];
  readonly addresses: readonly AddressState[];
  readonly defaultRoutes: readonly DefaultRouteState[];
}

export interface LinkState {
  readonly name: string;
  /** Such as "bridge", "bond", "team", "vrf"; "" for one that is none of its kinds. */
  readonly kind: string;
  /** What it is a port of; "" if it is none. */
  readonly master: string;
  /** The MAC address of the hardware, as an {@link Adapter} has it, whatever it uses now; "" where that is unknown. */
  readonly permanentMac: string;
  readonly isUp: boolean;
  readonly hasCarrier: boolean;
}

export interface AddressState {
  readonly link: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefixLength: number;
  readonly isTentative: boolean;
  /** Another has it: duplicate address detection has failed. */
  readonly isDuplicate: boolean;
  readonly isDeprecated: boolean;
  readonly isTemporary: boolean;
  /** Goes by itself when its time is over, as one by DHCP or a router's advertisement does. */
  readonly isDynamic: boolean;
}

export interface DefaultRouteState {
  readonly link: string;
  readonly family: 'ipv4' | 'ipv6';
  /** "" where the network itself is the way out. */
  readonly gateway: string;
  readonly table: number;
  readonly metric: number;
}

export interface ReceivedPacket {
  readonly size: number;
  readonly descriptor: number;
}

/** One message channel: a character device, or a SOCK_SEQPACKET socket. */
export interface NativeChannel {
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

/** Says whether a file may have changed, whoever changed it; holds a descriptor until closed. */
export interface NativeChangeWatch {
  /**
   * From now on the file as it is counts as known: the one open at the descriptor, or, without one, whatever the path names.
   * Returns its size in bytes, or -1 if the path names no file, or another one than the descriptor.
   */
  markKnown(fd?: number): number;
  /** Whether the path may name anything else than the file as it was at the last `markKnown`; true before the first. */
  changed(): boolean;
  close(): void;
}

/** Says by a file's status whether it may have changed; follows links. */
export interface NativeStatusWatch {
  /** Whether the path may lead to anything else than at the last call; true at the first, and again if the file was young then. */
  changed(): boolean;
}

/** Says whether links, addresses or routes may have changed, whoever changed them; holds a descriptor until closed. */
export interface NativeNetworkWatch {
  /** Whether they may have since the last call. */
  changed(): boolean;
  close(): void;
}

// The addon's own exports; bindings knows no types.
export const native = withSystemErrors(
  findAddon({
    bindings: 'hv_kvp',
    module_root: fileURLToPath(new URL('../..', import.meta.url)),
    try: [
      ['module_root', 'build', 'Release', 'bindings'],
      // Where tests compile programs below build, such as the network run.
      ['module_root', 'Release', 'bindings'],
      // The one that came along, where none was compiled.
      ['module_root', 'prebuilds', prebuiltName(), 'bindings'],
    ],
  }) as Readonly<Record<string, unknown>>,
) as unknown as Native;
