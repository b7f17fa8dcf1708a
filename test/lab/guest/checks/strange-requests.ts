import assert from 'node:assert/strict';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import type { HostLab } from './lab.ts';

/** What no host in its senses sends. */
export async function checkStrangeRequests(lab: HostLab): Promise<void> {
  await checkOperations(lab);
  await checkPoolsAndIndexes(lab);
  await checkKeysAndValues(lab);
}

async function checkOperations(lab: HostLab): Promise<void> {
  for (const code of [6, 77, 100, 255]) {
    await lab.check(`the unknown operation ${code} is not supported`, async () => {
      const { status } = await lab.host.send({ operation: 'unknown', pool: PoolNumber.guest, code });
      assert.equal(status, Status.notSupported);
    });
  }
}

async function checkPoolsAndIndexes(lab: HostLab): Promise<void> {
  const { host } = lab;

  for (const pool of [5, 255]) {
    await lab.check(`the unknown pool ${pool} is no valid argument of any operation`, async () => {
      assert.equal((await host.enumerateAt(pool, 0)).status, Status.invalidArgument);
      assert.equal((await host.get(pool, 'key')).status, Status.invalidArgument);
      assert.equal((await host.set(pool, 'key', 'value')).status, Status.invalidArgument);
      assert.equal((await host.delete(pool, 'key')).status, Status.invalidArgument);
    });
  }

  for (const index of [2 ** 31, 2 ** 32 - 1]) {
    await lab.check(`no pool has a record at index ${index}`, async () => {
      for (const pool of Object.values(PoolNumber)) {
        assert.equal((await host.enumerateAt(pool, index)).status, Status.noMoreItems);
      }
    });
  }
}

async function checkKeysAndValues(lab: HostLab): Promise<void> {
  const { host } = lab;
  const pool = PoolNumber.guest;

  await lab.check('an empty key is no valid argument', async () => {
    assert.equal((await host.get(pool, '')).status, Status.invalidArgument);
    assert.equal((await host.set(pool, '', 'value')).status, Status.invalidArgument);
    assert.equal((await host.delete(pool, '')).status, Status.invalidArgument);
    assert.equal((await host.enumerateAt(pool, 0)).status, Status.noMoreItems);
  });

  await lab.check(
    'a value of a type that the driver does not know is refused, and the one before it stays',
    async () => {
      assert.equal((await host.set(pool, 'typed', 'kept')).status, Status.ok);
      for (const type of unknownTypes) {
        const value = { type, bytes: Buffer.from('bytes') };
        assert.equal((await host.set(pool, 'typed', value)).status, Status.invalidArgument);
      }
      assert.deepEqual(await host.get(pool, 'typed'), { status: Status.ok, value: 'kept' });
      assert.equal((await host.set(pool, 'typed', '')).status, Status.ok);
      assert.deepEqual(await host.get(pool, 'typed'), { status: Status.ok, value: '' });
      assert.equal((await host.delete(pool, 'typed')).status, Status.ok);
    },
  );

  await lab.check('sizes beyond the fields of key and value do no harm', async () => {
    const sizes = { keyBytes: 0xffff, valueBytes: 0xffff };
    const { status } = await host.send({ operation: 'set', pool, key: 'size', value: 'text', ...sizes });
    assert.equal(status, Status.ok);
    assert.deepEqual(await host.get(pool, 'size'), { status: Status.ok, value: 'text' });
    assert.equal((await host.delete(pool, 'size')).status, Status.ok);
  });
}

/** REG_EXPAND_SZ, REG_BINARY, and QWORD as the registry counts it. */
const unknownTypes = [2, 3, 11] as const;
