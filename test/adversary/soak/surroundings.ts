import { appendFileSync, closeSync, openSync, truncateSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { askStatus } from '../../../src/control/client.ts';
import { native } from '../../../src/device/native.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { poolPath } from '../../../src/pools/pools.ts';
import { encodeRecord } from '../../../src/pools/record.ts';
import { modelledPools, type ModelledPool } from './model.ts';
import { anyKey, anyText } from './texts.ts';
import { expectEqual, type Soak, WrongAnswer } from './soak.ts';

/** The service goes away and comes back: the daemon registers again, and has all records still. */
export async function offerAnew({ guest }: Soak): Promise<void> {
  guest.simulator.rescind();
  guest.simulator.offer();
  await guest.start();
  // The daemon has read the driver's answer to its registration once it answers itself.
  const { status } = await guest.simulator.host.enumerateAt(PoolNumber.auto, 0);
  expectEqual('the first answer after a new offer', status, Status.ok);
}

/** A program of ours sets a record. */
export async function setByGuest(soak: Soak): Promise<void> {
  const { guest, model } = soak;
  const [key, value] = [anyKey(soak), anyText(soak)];
  await guest.writeFromGuest(key, value);
  model.set(PoolNumber.guest, key, value);
}

/** A program that knows neither keys nor locks appends a record. */
export function appendAsNeighbour(soak: Soak): void {
  const { guest, model } = soak;
  const [key, value] = [anyKey(soak), anyText(soak)];
  appendFileSync(poolPath(guest.poolDirectory, PoolNumber.guest), encodeRecord(Buffer.from(key), Buffer.from(value)));
  model.append(PoolNumber.guest, key, value);
}

/** As cloud-init once a boot. */
export function emptyAsNeighbour({ guest, model }: Soak): void {
  truncateSync(poolPath(guest.poolDirectory, PoolNumber.guest));
  model.clear(PoolNumber.guest);
}

const lockMs = 5;

/** A neighbour holds the lock when the request comes. */
export async function setWhileLocked(soak: Soak): Promise<void> {
  const { guest, model, random } = soak;
  const pool = random.pick<ModelledPool>(modelledPools);
  const [key, value] = [anyKey(soak), anyText(soak)];
  const path = poolPath(guest.poolDirectory, pool);
  const fd = openSync(path, 'a+');
  try {
    if (!native.tryLock(fd, 'exclusive')) throw new WrongAnswer(`${path} is locked though nobody asks for it`);
    const answer = guest.simulator.host.set(pool, key, value);
    await pause(lockMs);
    native.unlock(fd);
    const { status } = await answer;
    expectEqual(`SET of ${key} in pool ${pool}, which was locked`, status, Status.ok);
  } finally {
    closeSync(fd);
  }
  model.set(pool, key, value);
}

export async function askDaemon({ guest }: Soak): Promise<void> {
  const { pid, device } = await askStatus({ path: guest.controlSocket });
  expectEqual('the daemon that answers at the control socket', pid, guest.daemonPid);
  expectEqual('the state of the device', device.state, 'registered');
}

export async function renewStalledClient({ stalledClient }: Soak): Promise<void> {
  await stalledClient.renew();
}

/** The configuration is reloaded while requests come. */
export function reload({ guest }: Soak): void {
  guest.reload();
}
