import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { poolNumbers } from '../../../../src/message/pool.ts';
import { poolDirectory, poolFile, recordBytes } from '../../guest/checks/pool-file.ts';
import { checkout } from '../../guest/machine/folders.ts';

const whole = recordBytes('kept', 'as it is');
const cutAt = 512;
const program = join(checkout, 'test/lab/package/checks/cut-change.mjs');

/** Each pool gets a record, and behind it the beginning of another one, of a daemon that was killed while it wrote. */
export async function cutChanges(): Promise<void> {
  for (const pool of poolNumbers) {
    await writeFile(poolFile(pool), whole);
    const words = [program, poolDirectory, '/var/lib/hyperv-kvp', String(pool), String(cutAt)];
    await assert.rejects(promisify(execFile)(process.execPath, words), { signal: 'SIGKILL' });
    assert.equal((await readFile(poolFile(pool))).length, whole.length + cutAt);
  }
}

/** Each pool has its record, and nothing else. */
export async function assertWhole(): Promise<void> {
  for (const pool of poolNumbers) {
    assert.ok((await readFile(poolFile(pool))).equals(whole), `pool ${pool} is not as it was`);
  }
}
