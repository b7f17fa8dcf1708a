import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/hvkvp/failure.ts';
import { parseLoadable } from '../../../src/hvkvp/pools/loadable.ts';
import { readRecording } from '../../../src/hvkvp/daemon/recording.ts';
import { readConfiguration } from '../../../src/configuration/configuration.ts';
import { ConfigurationError } from '../../../src/configuration/configuration-error.ts';
import { hvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { asked } from './support/asked.ts';

const runs = { seed: asked.seed, numRuns: asked.files };
const processes = { seed: asked.seed, numRuns: Math.ceil(asked.files / 200) };
const longest = 3000;

/** A text into which something else was put, or out of which something was cut, in several places. */
function damaged(text: string) {
  const edit = fc.tuple(
    fc.nat(text.length),
    fc.nat(12),
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Array.from(text))),
  );
  return fc
    .array(edit, { maxLength: 4 })
    .map((edits) =>
      edits.reduce((before, [at, cut, piece]) => `${before.slice(0, at)}${piece}${before.slice(at + cut)}`, text),
    )
    .map((result) => Buffer.from(result));
}

function bytesLike(text: string) {
  return fc.oneof(
    damaged(text),
    damaged(text),
    fc.uint8Array({ maxLength: longest }).map((bytes) => Buffer.from(bytes)),
  );
}

const configuration = `device = "/dev/vmbus/hv_kvp"
log_level = "debug"
[pools]
directory = "/var/lib/hyperv"
file_mode = "0600"
lock_timeout_ms = 2000
[ip_injection]
mode = "dry-run"
address_ranges = ["10.0.0.0/8", "2001:db8::/32"]
script_arguments = "both"
[metrics]
port = 9000
`;

const at = '2026-01-02T03:04:05.678Z';
const recording = [
  { type: 'hello', protocol: 1, version: '1.2.3', pid: 1 },
  { type: 'registered', at, integrationServices: '3.1' },
  { type: 'transaction', at, operation: 'get', pool: 1, key: 'key', status: 'ok', durationUs: 7, value: 'v' },
  { type: 'transaction', at, operation: 'refused', reason: 'unknown', status: 'fail', durationUs: 7 },
  { type: 'dropped', count: 3 },
]
  .map((line) => JSON.stringify(line))
  .join('\n');

describe('a configuration file of anything', () => {
  it(
    'can be used, or every line of what is told of it names the file and a line of it',
    async () => {
      const file = join(temporaryFolder(), 'configuration');
      await fc.assert(
        fc.asyncProperty(bytesLike(configuration), async (bytes) => {
          writeFileSync(file, bytes);
          await expectOrError(readConfiguration(file), ConfigurationError, (line) => line.startsWith(`${file}:`));
        }),
        runs,
      );
    },
    Infinity,
  );
});

describe('a recording of anything', () => {
  it(
    'can be read, or is told with the line that cannot',
    async () => {
      const file = join(temporaryFolder(), 'recording');
      await fc.assert(
        fc.asyncProperty(bytesLike(recording), async (bytes) => {
          writeFileSync(file, bytes);
          const read = async (): Promise<void> => {
            for await (const event of readRecording(file)) expect(event).toBeTypeOf('object');
          };
          await expectOrError(read(), UsageError, () => true);
        }),
        runs,
      );
    },
    Infinity,
  );
});

describe('records to be loaded, of anything,', () => {
  const samples = ['{"pool":"guest","key":"a","value":"b"}\n{"key_base64":"YQ==","value_base64":"/w=="}', 'a=b\nc=d'];
  it.each(samples)(
    'are read, or told with their place: %s',
    (sample) => {
      fc.assert(
        fc.property(bytesLike(sample), (bytes) => {
          try {
            for (const { key, value } of parseLoadable(bytes.toString(), 1)) {
              expect([key, value].every((part) => Buffer.isBuffer(part))).toBe(true);
            }
          } catch (error) {
            if (!(error instanceof UsageError)) throw error;
          }
        }),
        runs,
      );
    },
    Infinity,
  );
});

describe('hvkvp as a process', () => {
  it.each([
    ['decode', recording, []],
    ['load', '{"key":"a","value":"b"}', []],
  ] as const)(
    '%s ends with a message, never with an exception, whatever it is given',
    (command, sample, words) => {
      const folder = temporaryFolder();
      const file = join(folder, 'input');
      fc.assert(
        fc.property(bytesLike(sample), (bytes) => {
          writeFileSync(file, bytes);
          const place = command === 'load' ? ['--pool-dir', folder] : [];
          const { status, stderr } = hvkvp([command, ...words, ...place, file]);
          expect(status).toBeLessThanOrEqual(mostStatus);
          expect(stderr).not.toMatch(/^\s+at /m);
        }),
        processes,
      );
    },
    Infinity,
  );
});

/** Of hvkvp's own statuses. */
const mostStatus = 3;

async function expectOrError(
  attempt: Promise<unknown>,
  expected: new (...words: never[]) => Error,
  isLine: (line: string) => boolean,
): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    expect(error.message.split('\n').filter((line) => !isLine(line))).toEqual([]);
  }
}
