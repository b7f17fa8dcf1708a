// Waits in read(2) on a thread of libuv's pool.
import { read, writeSync } from 'node:fs';
import { descriptor, message, register } from './channel-end.mjs';

register();
waitForRequest();

function waitForRequest() {
  read(descriptor, message, 0, message.length, null, (error, size) => {
    if (error !== null) throw error;
    if (size === 0) return;
    writeSync(descriptor, message);
    waitForRequest();
  });
}
