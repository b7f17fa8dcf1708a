// A daemon that registers as the other system's does, then properly, and answers nothing.
import { native } from '../../../../dist/device/native.js';
import { dialects } from '../../../../dist/message/dialect.js';

const path = process.argv[process.argv.indexOf('--device') + 1] ?? '';
const device = new native.ChannelHandle(path, () => undefined);
for (const { registerOperation } of [dialects.freebsd, dialects.linux]) {
  const message = Buffer.alloc(dialects.linux.messageSize);
  message.writeUInt8(registerOperation);
  device.write(message);
}
device.arm();
