import { join } from 'node:path';
import { native, type NativeChannel } from '../../src/device/native.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One end of a channel, whose events a test can wait for. */
export interface End {
  readonly device: NativeChannel;
  readonly calls: number[];
  next(): Promise<number>;
}

/** Opens a device, connects to a socket, or takes over a descriptor. */
export function end(pathOrFd: string | number): End {
  const calls: number[] = [];
  let wake: ((revents: number) => void) | undefined;
  const device = new native.ChannelHandle(pathOrFd, (revents) => {
    calls.push(revents);
    wake?.(revents);
  });
  const next = async () => {
    const event = new Promise<number>((resolve) => {
      wake = resolve;
    });
    device.arm();
    return await event;
  };
  return { device, calls, next };
}

/** Both ends of a channel. */
export function connectedPair(): { daemon: End; driver: End } {
  const path = join(temporaryFolder(), 'device');
  const listener = end(native.listenSeqpacket(path));
  const daemon = end(path);
  const driver = end(native.acceptSeqpacket(listener.device.fd));
  listener.device.close();
  return { daemon, driver };
}

/** A simulated device that waits for connections. */
export function listen(): { path: string; listener: End; accept: () => End } {
  const path = join(temporaryFolder(), 'device');
  const listener = end(native.listenSeqpacket(path));
  return { path, listener, accept: () => end(native.acceptSeqpacket(listener.device.fd)) };
}
