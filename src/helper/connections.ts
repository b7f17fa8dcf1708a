import { closeSync } from 'node:fs';
import { native } from '../device/native.ts';
import { PacketSocket } from '../device/packet-socket.ts';
import { isSystemError, systemError } from '../device/system-error.ts';

export interface Takers {
  /** Takes a connection over. */
  readonly onConnection: (fd: number) => void;
  /** The daemon that started us is gone. */
  readonly onEnd: () => void;
}

const room = Buffer.alloc(1);

/** Connections come through the one to the daemon that started us: it made both ends, so they are its own. */
export function fromStarter(fd: number, { onConnection, onEnd }: Takers): void {
  const starter = new PacketSocket(fd, 'the daemon', () => {
    for (;;) {
      const received = tried(() => native.receivePacket(starter.fd, room, 0), ['ETIMEDOUT', 'EMSGSIZE']);
      if (received === undefined) return;
      if (received.descriptor >= 0) onConnection(received.descriptor);
      if (received.size > 0) continue;
      starter.close();
      onEnd();
      return;
    }
  });
}

/** Connections to a socket that listens; only those of the users that are expected. */
export function fromListener(
  fd: number,
  users: readonly number[],
  { onConnection }: Pick<Takers, 'onConnection'>,
): void {
  const listener = new PacketSocket(fd, 'the socket', () => {
    // One at each event: a supervisor's socket would wait for the next.
    const connection = tried(() => native.acceptSeqpacket(listener.fd), ['EAGAIN', 'ECONNABORTED']);
    if (connection === undefined) return;
    if (users.includes(native.peerUser(connection))) onConnection(connection);
    else closeSync(connection);
  });
}

/** Undefined for the failures that only mean that there is nothing to take. */
function tried<T>(call: () => T, expected: readonly string[]): T | undefined {
  try {
    return call();
  } catch (cause) {
    const error = systemError(cause);
    if (isSystemError(error) && expected.includes(error.code)) return undefined;
    throw error;
  }
}
