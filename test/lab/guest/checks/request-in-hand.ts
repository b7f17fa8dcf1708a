import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PoolNumber } from '../../../../src/message/pool.ts';
import type { HostStatus } from '../../../../src/simulator/host.ts';
import { eventually } from './eventually.ts';
import type { Lab } from './lab.ts';
import { poolFile } from './pool-file.ts';

/**
 * Runs `body` while the daemon has read a SET and cannot answer it: the file it should write to is locked, as a
 * neighbour may lock it. `reply` is what the host gets in the end.
 */
export async function withRequestInHand(lab: Lab, body: (reply: Promise<HostStatus>) => Promise<void>): Promise<void> {
  const pool = PoolNumber.guest;
  const neighbour = spawn('flock', [poolFile(pool), 'sh', '-c', 'echo locked; cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(neighbour.stdout, 'data');
  try {
    const before = await lab.daemon.bytesRead();
    const reply = lab.host.set(pool, 'in hand', 'value');
    reply.catch(() => undefined);
    await eventually(async () => {
      assert.ok((await lab.daemon.bytesRead()) >= before + messageSize);
    });
    await body(reply);
  } finally {
    neighbour.stdin.end();
    await once(neighbour, 'close');
  }
}

/** `sizeof(struct hv_kvp_msg)`. */
const messageSize = 7432;
