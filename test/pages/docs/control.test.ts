import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { eventSchema, helloSchema } from '../../../src/control/message-schema.ts';
import { exposition } from '../../../src/control/exposition.ts';
import { clientLimit, lineLimit, queueLimit, type StatusReport } from '../../../src/control/protocol.ts';
import type { Operation } from '../../../src/message/request.ts';
import { statusNames } from '../../../src/message/status.ts';
import { RawClient } from '../../support/raw-client.ts';
import { watchedHost } from '../../support/watched-host.ts';

type Message = Readonly<Record<string, unknown>>;

const text = readFileSync(join(import.meta.dirname, '../../../docs/control.md'), 'utf8');
// Every line of a block of JSON is a message.
const examples = [...text.matchAll(/```json\n(.*?)```/gs)]
  .flatMap(([, block = '']) => block.trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as Message);

const operations: Readonly<Record<Operation, true>> = {
  get: true,
  set: true,
  delete: true,
  enumerate: true,
  'get-ip-info': true,
  'set-ip-info': true,
  refused: true,
};

/** Keys at every depth, and the kind of what is there; of a list, that of its first entry. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]));
}

/** A configuration with the setting that is the same in each but for where it comes from. */
function withDevice({ settings, ...rest }: Message = {}): unknown {
  const [device] = settings as readonly Message[];
  return shape({ ...rest, settings: [{ ...device, from: '', option: undefined }] });
}

function example(matching: Message): Message {
  const found = examples.find((each) => Object.entries(matching).every(([key, value]) => each[key] === value));
  if (found === undefined) throw new Error(`docs/control.md has no example of ${JSON.stringify(matching)}`);
  return found;
}

describe('docs/control.md', () => {
  it('has examples of just what the daemon sends', async () => {
    const { host, simulator, socket } = await watchedHost();
    const [client, plain, full] = [
      await RawClient.connect(socket),
      await RawClient.connect(socket),
      await RawClient.connect(socket),
    ];
    await host.set(0, 'Owner', 'Grace');
    expect(shape(await client.next())).toEqual(shape(example({ type: 'hello' })));
    client.say({ request: 'status' });
    expect(shape(await client.next())).toEqual(shape(example({ type: 'status' })));
    client.say({ request: 'configuration' });
    expect(withDevice(await client.next())).toEqual(withDevice(example({ type: 'configuration' })));
    plain.say({ request: 'subscribe' });
    full.say({ request: 'subscribe', values: true });
    expect((await plain.until('subscribed')).at(-1)).toEqual(example({ type: 'subscribed' }));
    await full.until('subscribed');
    await host.set(0, 'Owner', 'Grace');
    expect(shape(await plain.next())).toEqual(shape(example({ operation: 'set' })));
    await full.next();
    await host.enumerateAt(0, 0);
    expect(shape(await full.next())).toEqual(shape(example({ operation: 'enumerate' })));
    await host.getIpInfo('00:15:5D:FF:FF:FF');
    expect(shape(await full.next())).toEqual(shape(example({ operation: 'get-ip-info' })));
    await host.send({ operation: 'unknown', code: 77, pool: 0 });
    expect(shape(await full.next())).toEqual(shape(example({ operation: 'refused' })));
    simulator.rescind();
    expect(shape(await full.next())).toEqual(shape(example({ type: 'lost' })));
    simulator.offer();
    await simulator.daemonConnected();
    expect(shape((await full.until('registered')).at(-1))).toEqual(shape(example({ type: 'registered' })));
    client.say('nonsense\n');
    expect((await client.until('error')).at(-1)).toEqual(example({ type: 'error' }));
  });

  it('has examples that hvkvp decode takes', () => {
    const events = examples.filter(({ type }) =>
      ['transaction', 'registered', 'lost', 'dropped'].includes(String(type)),
    );
    expect(events.length).toBeGreaterThan(5);
    for (const event of events) expect(v.parse(eventSchema, event)).toEqual(event);
    expect(v.is(helloSchema, example({ type: 'hello' }))).toBe(true);
  });

  it('names every operation and status, and the limits', () => {
    for (const name of [...Object.keys(operations), ...statusNames]) expect(text).toContain(`\`${name}\``);
    expect(text).toContain(`At most ${queueLimit / 1024} KiB`);
    expect(text).toContain(`at most ${lineLimit}`);
    expect(text).toContain(`${clientLimit} clients are served`);
  });

  it('has a status that can be told to Prometheus', () => {
    // Compared with the daemon's above.
    expect(exposition(example({ type: 'status' }) as unknown as StatusReport)).toContain('hyperv_kvp_registered 1\n');
  });
});
