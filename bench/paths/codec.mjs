import assert from 'node:assert/strict';
import { loadAddon } from './addon.mjs';
import { costNs } from './cost.mjs';

const built = new URL('../../dist/message/', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { decodeRequest } = /** @type {typeof import('../../src/message/decode-request.ts')} */ (
  await import(`${built}decode-request.js`)
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { encodeReply } = /** @type {typeof import('../../src/message/encode-reply.ts')} */ (
  await import(`${built}encode-reply.js`)
);
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { dialects } = /** @type {typeof import('../../src/message/dialect.ts')} */ (await import(`${built}dialect.js`));
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the same.
const { layout } = /** @type {typeof import('../../src/message/layout.ts')} */ (await import(`${built}layout.js`));

const calls = 2000;
const guest = 1;
const key = Buffer.from('OperatingSystemName');
const value = Buffer.from('a value of usual length, some forty bytes');

/** Decoding a request and encoding its reply in TypeScript and in C++. @returns {import('../table.mjs').Table} */
export function codecTable() {
  const addon = loadAddon();
  const dialect = dialects.linux;
  /** @type {readonly [string, Buffer, import('../../src/message/reply.ts').Reply][]} */
  const cases = [
    ['GET', request(0, key, Buffer.alloc(0)), { kind: 'value', value }],
    ['SET', request(1, key, value), { kind: 'status', status: 0 }],
    ['ENUMERATE', request(3, Buffer.alloc(0), Buffer.alloc(0)), { kind: 'record', key, value }],
  ];
  return {
    title: 'Decoding a request and encoding its reply, ns',
    columns: ['', 'TypeScript decode', 'C++ decode', 'TypeScript encode', 'C++ encode'],
    rows: cases.map(([name, message, reply]) => {
      assert.deepEqual(plain(addon.decodeRequest(message)), plain(decodeRequest(message, dialect)));
      const answer = Buffer.from(message);
      return [
        name,
        costNs(() => decodeRequest(message, dialect), calls),
        costNs(() => addon.decodeRequest(message), calls),
        costNs(() => {
          encodeReply(answer, reply, dialect);
        }, calls),
        costNs(() => {
          addon.encodeReply(answer, reply);
        }, calls),
      ];
    }),
  };
}

/** With arrays of bytes: C++'s views of the message are no Buffers. @param {object} decoded */
function plain(decoded) {
  /** @type {[string, unknown][]} */
  const fields = Object.entries(decoded);
  return fields.map(([name, value]) => [name, value instanceof Uint8Array ? [...value] : value]).sort();
}

/** @param {number} operation @param {Buffer} keyBytes @param {Buffer} valueBytes */
function request(operation, keyBytes, valueBytes) {
  const { header, getOrSet } = layout;
  const message = Buffer.alloc(dialects.linux.messageSize);
  message.writeUInt8(operation, header.operation.offset);
  message.writeUInt8(guest, header.pool.offset);
  if (keyBytes.length === 0) return message;
  message.writeUInt32LE(keyBytes.length + 1, getOrSet.keyBytes.offset);
  message.writeUInt32LE(valueBytes.length + 1, getOrSet.valueBytes.offset);
  keyBytes.copy(message, getOrSet.key.offset);
  valueBytes.copy(message, getOrSet.value.offset);
  return message;
}
