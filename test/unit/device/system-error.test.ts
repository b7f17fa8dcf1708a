import { openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { isSystemError, systemError } from '../../../src/device/system-error.ts';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const path = '/nonexistent/device';

describe('an error of the addon', () => {
  it('becomes what node:fs would throw', () => {
    const ours = systemError(
      thrownBy(() => new native.ChannelHandle(path, () => undefined)),
      path,
    );
    const nodes = thrownBy(() => openSync(path, 'r'));
    expect(isSystemError(ours)).toBe(true);
    expect({ ...(ours as object) }).toEqual({ ...(nodes as object) });
    expect((ours as Error).message).toBe((nodes as Error).message);
  });

  it.each([
    ['ENOLCK', 37],
    ['EDQUOT', 122],
    ['ESTALE', 116],
    ['errno 117', 117],
  ])('has the system’s name and words where Node has none (%s)', (code, errno) => {
    const ours = systemError(Object.assign(new Error('words'), { errno, syscall: 'flock' }), path);
    expect(ours).toMatchObject({ code, errno: -errno, message: `${code}: words, flock '${path}'` });
  });

  it.each([
    ['EDQUOT', 122],
    ['ESTALE', 116],
  ])('of Node has the system’s name where Node has none (%s)', (code, errno) => {
    const unknown = `Unknown system error -${errno}`;
    const nodes = Object.assign(new Error(`${unknown}: ${unknown}, open '${path}'`), {
      ...{ code: unknown, errno: -errno, syscall: 'open', path },
    });
    expect(systemError(nodes)).toMatchObject({
      ...{ code, errno: -errno, syscall: 'open', path },
      message: `${code}: ${unknown}, open '${path}'`,
    });
  });

  it('is told once only, and an error of node:fs stays as it is', () => {
    const nodes = thrownBy(() => openSync(path, 'r'));
    expect(systemError(nodes, path)).toBe(nodes);
    const bug = new TypeError('a bug');
    expect(systemError(bug, path)).toBe(bug);
  });
});

const nothing = Buffer.alloc(1);
const calls: Readonly<Record<string, () => unknown>> = {
  ChannelHandle: () => new native.ChannelHandle(-1, () => undefined),
  listenSeqpacket: () => native.listenSeqpacket(path),
  acceptSeqpacket: () => native.acceptSeqpacket(-1),
  readAt: () => native.readAt(-1, nothing, 0),
  writeAt: () => native.writeAt(-1, nothing, 0),
  append: () => native.append(-1, nothing),
  sizeOf: () => native.sizeOf(-1),
  isLinked: () => native.isLinked(-1),
  tryLock: () => native.tryLock(-1, 'shared'),
  unlock: () => {
    native.unlock(-1);
  },
  sendDatagram: () => {
    native.sendDatagram(path, '');
  },
  writeWithoutWaiting: () => native.writeWithoutWaiting(1_000_000, 'text'),
  connectSeqpacket: () => native.connectSeqpacket(path),
  sendPacket: () => {
    native.sendPacket(-1, nothing);
  },
  receivePacket: () => native.receivePacket(-1, nothing, 0),
  peerUser: () => native.peerUser(-1),
  openChannel: () => native.openChannel(path),
};

describe('a function of the addon that fails', () => {
  it.each(Object.keys(calls))('throws a system error (%s)', (name) => {
    const error = thrownBy(() => calls[name]?.());
    expect(isSystemError(error), String(error)).toBe(true);
  });

  it('throws one in a method, too', () => {
    const device = new native.ChannelHandle(openSync('/dev/null', 'r+'), () => undefined);
    device.close();
    expect(isSystemError(thrownBy(() => device.read(nothing)))).toBe(true);
  });
});
