import assert from 'node:assert/strict';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import type { HostRecord } from '../../../../src/simulator/host-reply.ts';
import type { HostLab } from './lab.ts';

/** The driver carries 254 UTF-16 units of a key and 1022 of a value to the host, and never half a character. */
const keyUnits = 254;
const valueUnits = 1022;

/** A value has a field of 2048 bytes in the guest, less the NUL: so many characters of three bytes. */
const wideCharacters = 682;

const emoji = '😀';

export async function checkLimits(lab: HostLab): Promise<void> {
  const longest = { key: 'k'.repeat(keyUnits), value: 'v'.repeat(valueUnits) };
  await checkArrival(lab, 'a key of 254 and a value of 1022 units arrive whole', longest, longest);

  const emojis = { key: emoji.repeat(keyUnits / emoji.length), value: emoji.repeat(valueUnits / emoji.length) };
  await checkArrival(lab, 'so they do when they are all emoji', emojis, emojis);

  const wide = { key: 'wide', value: '日'.repeat(wideCharacters) };
  await checkArrival(lab, 'a value that fills its field in the guest arrives whole', wide, wide);

  const tooLong = { key: `${longest.key}k`, value: `${longest.value}v` };
  await checkArrival(lab, 'a key of 255 and a value of 1023 units arrive without the last', tooLong, longest);

  const shorter = { key: longest.key.slice(1), value: longest.value.slice(1) };
  const across = { key: shorter.key + emoji, value: shorter.value + emoji };
  await checkArrival(lab, 'an emoji across the cut is left out whole', across, shorter);
}

async function checkArrival(lab: HostLab, sentence: string, sent: HostRecord, arriving: HostRecord): Promise<void> {
  const { host } = lab;
  const pool = PoolNumber.guest;

  await lab.check(sentence, async () => {
    assert.deepEqual(await host.set(pool, sent.key, sent.value), { status: Status.ok });
    assert.deepEqual(await host.enumerate(pool), { status: Status.noMoreItems, records: [arriving] });
    assert.deepEqual(await host.get(pool, sent.key), { status: Status.ok, value: arriving.value });
    assert.deepEqual(await host.delete(pool, sent.key), { status: Status.ok });
  });
}
