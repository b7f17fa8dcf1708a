import { closeSync } from 'node:fs';
import { native } from '../../device/native.ts';
import { PacketSocket } from '../../device/packet-socket.ts';
import { crash } from '../../device/rethrow-later.ts';
import { isSystemError, systemError, unlessFails } from '../../device/system-error.ts';
import { type HelperReply, type HelperRequest, packetLimit } from '../protocol/request.ts';
import { parseRequest } from '../protocol/request-schema.ts';

/** Says something to the daemon; a descriptor is copied to it, and closed here. */
export type Say = (reply: HelperReply, descriptor?: number) => void;

/** Does what a request asks for. A system error that it throws is sent to the daemon. */
export type Serve = (request: HelperRequest, say: Say) => Promise<void>;

/** Longer than the daemon takes to send its one request. */
const requestTimeoutMs = 5000;

/** One connection: one request, and what there is to say to it. `onEnd` is called once it is closed and all is done. */
export function converse(fd: number, serve: Serve, onEnd: () => void): void {
  try {
    listenTo(fd, serve, onEnd);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    // No thread or descriptor is left for it: the daemon asks again.
    closeSync(fd);
    onEnd();
  }
}

function listenTo(fd: number, serve: Serve, onEnd: () => void): void {
  // What does not fit into a packet fills it.
  const room = Buffer.alloc(packetLimit + 1);
  let isAsked = false;
  const giveUp = (): void => {
    clearTimeout(patience);
    socket.close();
    if (!isAsked) onEnd();
  };
  const socket = new PacketSocket(fd, 'the daemon', () => {
    const size = bytesOf(socket, room);
    if (size === undefined) return;
    const request = isAsked || size > packetLimit ? undefined : parseRequest(room.subarray(0, size));
    // Whoever sends anything else is not the daemon as we know it, or is gone.
    if (request === undefined) {
      giveUp();
      return;
    }
    isAsked = true;
    clearTimeout(patience);
    answer(request, serve, socket).then(onEnd, crash);
  });
  const patience = setTimeout(giveUp, requestTimeoutMs);
}

/** Of the next packet; 0 for whoever is gone, or is no connection. */
function bytesOf(socket: PacketSocket, room: Buffer): number | undefined {
  try {
    return socket.read(room);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return 0;
  }
}

async function answer(request: HelperRequest, serve: Serve, socket: PacketSocket): Promise<void> {
  const say: Say = (reply, descriptor) => {
    send(socket, reply, descriptor);
  };
  try {
    await serve(request, say);
  } catch (cause) {
    const error = systemError(cause);
    if (!isSystemError(error)) throw error;
    const { code, syscall, message } = error;
    say({ reply: 'failed', code, syscall, message });
  }
  socket.close();
}

/** A daemon that is gone, or does not listen, no longer wants the reply. */
function send(socket: PacketSocket, reply: HelperReply, descriptor?: number): void {
  try {
    unlessFails(
      () => {
        if (socket.isOpen) native.sendPacket(socket.fd, Buffer.from(JSON.stringify(reply)), descriptor);
      },
      ...['EAGAIN', 'EPIPE', 'ECONNRESET', 'EBADF'],
    );
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
