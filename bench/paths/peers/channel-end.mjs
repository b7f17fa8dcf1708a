import { readSync, writeSync } from 'node:fs';

// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { native } = /** @type {typeof import('../../../src/device/native.ts')} */ (
  await import(new URL('../../../dist/device/native.js', import.meta.url).href)
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { dialects } = /** @type {typeof import('../../../src/message/dialect.ts')} */ (
  await import(new URL('../../../dist/message/dialect.js', import.meta.url).href)
);

export { native };

/** The connection to the driver, which the program was started with. */
export const descriptor = 3;

export const message = Buffer.alloc(dialects.linux.messageSize);

/** Registers, and takes the driver's answer. */
export function register() {
  message.writeUInt8(dialects.linux.registerOperation, 0);
  writeSync(descriptor, message);
  readSync(descriptor, message);
}
