import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { waitCommand } from '../../../src/hvkvp/pools/wait.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { makePlace } from '../pools/support/open-pool.ts';

it('a wait for a value in parts ends once no more come, whatever is collected as garbage meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  // What the flag adds; Node's types do not know it.
  const collecting = setInterval(runInNewContext('gc') as () => void, 20);
  onTestFinished(() => {
    clearInterval(collecting);
  });
  const place = makePlace();
  const pools = place.open();
  await pools.at(PoolNumber.guest).set(Buffer.from('Config.0'), Buffer.from('first'));
  let text = '';
  const output = {
    ...{ isTerminal: false, hasColours: false, width: 0, json: false },
    write: (written: string | Buffer) => {
      text += written.toString();
    },
  };
  const watched = { pools, directory: place.directory, wanted: [PoolNumber.guest] };
  const options = { until: 'there', timeoutMs: 10_000, scheme: 'ignition', settleMs: 500 } as const;
  await waitCommand(watched, { key: Buffer.from('Config'), pattern: undefined }, options, output);
  expect(text).toBe('first\n');
});
