import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloudInit } from '../../../src/chunks/cloud-init.ts';
import { encodeRecord, keyOf, recordSize, valueOf } from '../../../src/pools/record.ts';
import { needs } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { cloudInitCode, cloudInitPath } from '../pools/support/cloud-init.ts';

const program = join(import.meta.dirname, 'programs/cloud_init.py');
const text = 'a "quoted" line\n\twith é, €, 👋 and \\ '.repeat(90);
const fetchMs = 120_000;

function python(input: string, ...words: readonly string[]): string {
  needs(cloudInitCode);
  const env = { ...process.env, PYTHONPATH: cloudInitPath };
  return execFileSync('python3', [program, ...words], { input, env, encoding: 'utf8' });
}

it('joins what cloud-init’s own handler has split', { timeout: fetchMs }, () => {
  const path = join(temporaryFolder(), 'pool');
  writeFileSync(path, '');
  python(text, 'write', path);
  const bytes = readFileSync(path);
  const records = Array.from({ length: bytes.length / recordSize }, (_, slot) => {
    const record = bytes.subarray(slot * recordSize, (slot + 1) * recordSize);
    return { key: keyOf(record), value: valueOf(record) };
  });
  expect(records.length).toBeGreaterThan(3);
  const key = Buffer.from(records[0]?.key.toString().replace(/\|0$/, '') ?? '');
  expect(cloudInit.join(key, records)?.toString()).toBe(text);
});

it('splits so that cloud-init’s own handler reads it, and each part is JSON', { timeout: fetchMs }, () => {
  const path = join(temporaryFolder(), 'pool');
  const parts = cloudInit.split(Buffer.from('OUR|key'), Buffer.from(text));
  writeFileSync(path, Buffer.concat(parts.map(({ key, value }) => encodeRecord(key, value))));
  const read = JSON.parse(python('', 'read', path, 'OUR|key')) as unknown;
  expect(read).toEqual({ parts: parts.length, text });
});
