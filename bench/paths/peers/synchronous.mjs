// Waits in read(2) on the main thread: nothing else could happen meanwhile, not even a signal.
import { readSync, writeSync } from 'node:fs';
import { descriptor, message, register } from './channel-end.mjs';

register();
while (readSync(descriptor, message) > 0) writeSync(descriptor, message);
