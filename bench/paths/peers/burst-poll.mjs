// The addon's thread waits for the first request of a burst; those that follow at once are waited for in poll(2) here.
import { descriptor, message, native, register } from './channel-end.mjs';

const pollIn = 1;
const burstLength = 64;
const patienceMs = 1;

register();
const device = new native.ChannelHandle(descriptor, () => {
  for (let served = 0; served < burstLength; served += 1) {
    if (device.read(message) === 0) {
      device.close();
      return;
    }
    device.write(message);
    if ((device.poll(patienceMs) & pollIn) === 0) break;
  }
  device.arm();
});
device.arm();
