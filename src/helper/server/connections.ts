import { closeSync } from 'node:fs';
import { native } from '../../device/native.ts';
import { PacketSocket } from '../../device/packet-socket.ts';
import { unlessFails } from '../../device/system-error.ts';
import type { HelperReply } from '../protocol/request.ts';

export interface Takers {
  /** Takes a connection over. */
  readonly onConnection: (fd: number) => void;
  /** The daemon that started us is gone. */
  readonly onEnd: () => void;
}

const room = Buffer.alloc(1);

/** There is nothing to take, or no room to take it. */
const later = ['EAGAIN', 'ECONNABORTED', 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS'];

/** Connections come through the one to the daemon that started us: it made both ends, so they are its own. */
export function fromStarter(fd: number, { onConnection, onEnd }: Takers): void {
  const starter = new PacketSocket(fd, 'the daemon', () => {
    for (;;) {
      const received = unlessFails(() => native.receivePacket(starter.fd, room, 0), 'ETIMEDOUT', 'EMSGSIZE', ...later);
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
    const connection = unlessFails(() => native.acceptSeqpacket(listener.fd), ...later);
    if (connection === undefined) return;
    if (users.includes(native.peerUser(connection))) onConnection(connection);
    else closeSync(connection);
  });
}

/** Sends everyone who has connected to a socket the reason why no helper serves them. */
export function refuseAll(fd: number, trouble: string): void {
  const reply = { reply: 'failed', code: 'ECONNREFUSED', syscall: 'connect', message: trouble } as const;
  const accept = (): number | undefined => unlessFails(() => native.acceptSeqpacket(fd), 'EAGAIN', 'ECONNABORTED');
  for (let connection = accept(); connection !== undefined; connection = accept()) {
    const own = connection;
    unlessFails(
      () => {
        native.sendPacket(own, Buffer.from(JSON.stringify(reply satisfies HelperReply)));
      },
      ...['EPIPE', 'ECONNRESET'],
    );
    closeSync(own);
  }
}
