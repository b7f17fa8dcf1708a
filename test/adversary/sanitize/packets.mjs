// The part of exercise.mjs that is about sockets and what is passed through them.
import assert from 'node:assert/strict';
import { closeSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const noDescriptor = 1_000_000;
const tooLong = 'x'.repeat(200);
const rounds = 20;
const packetSize = 64;

/** @param {typeof import('../../../src/device/native.ts').native} addon @param {string} folder */
export const packetExercises = (addon, folder) => ({
  listenSeqpacket: () => {
    assert.throws(() => addon.listenSeqpacket(tooLong));
    assert.throws(() => addon.listenSeqpacket(join(folder, 'none/socket')));
  },
  acceptSeqpacket: () => {
    assert.throws(() => addon.acceptSeqpacket(noDescriptor));
  },
  connectSeqpacket: () => {
    const name = join(folder, 'listener');
    const listener = addon.listenSeqpacket(name);
    const own = addon.connectSeqpacket(name);
    const its = addon.acceptSeqpacket(listener);
    assert.equal(addon.peerUser(its), process.getuid?.());
    for (const fd of [its, own, listener]) closeSync(fd);
    for (const wrong of [tooLong, join(folder, 'none/socket')]) assert.throws(() => addon.connectSeqpacket(wrong));
  },
  peerUser: () => {
    assert.throws(() => addon.peerUser(noDescriptor));
  },
  socketPair: () => {
    const [one, other] = addon.socketPair();
    const room = Buffer.alloc(packetSize);
    for (let round = 0; round < rounds; round += 1) {
      addon.sendPacket(one, Buffer.alloc(packetSize, 'x'), one);
      const { size, descriptor } = addon.receivePacket(other, room, 0);
      assert.equal(size, packetSize);
      assert.ok(descriptor >= 0);
      closeSync(descriptor);
    }
    // What does not fit, and what comes along with it, is nobody's any more.
    addon.sendPacket(one, Buffer.alloc(packetSize + 1, 'x'), one);
    assert.throws(() => addon.receivePacket(other, room, 0));
    assert.throws(() => addon.receivePacket(other, room, 1));
    closeSync(one);
    assert.deepEqual(addon.receivePacket(other, room, 0), { size: 0, descriptor: -1 });
    closeSync(other);
  },
  sendPacket: () => {
    assert.throws(() => {
      addon.sendPacket(noDescriptor, Buffer.alloc(packetSize));
    });
  },
  receivePacket: () => {
    assert.throws(() => addon.receivePacket(noDescriptor, Buffer.alloc(packetSize), 0));
  },
  openChannel: () => {
    const file = join(folder, 'no-device');
    writeFileSync(file, '');
    for (const wrong of [file, join(folder, 'none'), tooLong]) assert.throws(() => addon.openChannel(wrong));
  },
  forbidNewPrivileges: () => {
    try {
      addon.forbidNewPrivileges();
    } catch (error) {
      // valgrind has no seccomp(2).
      assert.ok(error instanceof Error && 'errno' in error && error.errno === constants.errno.ENOSYS);
    }
  },
});
