// Waits in poll(2) on the addon's thread, armed for every request.
import { descriptor, message, native, register } from './channel-end.mjs';

register();
const device = new native.ChannelHandle(descriptor, () => {
  if (device.read(message) === 0) {
    device.close();
  } else {
    device.write(message);
    device.arm();
  }
});
device.arm();
