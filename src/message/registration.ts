import type { Dialect } from './dialect.ts';
import { readBytes } from './fixed-text.ts';
import { layout } from './layout.ts';

/** Makes a whole message the registration of a daemon. */
export function encodeRegistration(message: Buffer, dialect: Dialect): void {
  message.fill(0);
  message.writeUInt8(dialect.registerOperation, layout.header.operation.offset);
}

/** The version of the integration components in the driver's answer to a registration, such as "3.1". */
export function readRegisteredVersion(message: Buffer): string {
  return readBytes(message, layout.register.version).toString();
}
