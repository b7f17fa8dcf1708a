import { it } from 'vitest';
import { guestOf } from './support/guest.ts';
import { FuzzedDaemon } from './support/fuzzed-daemon.ts';
import { Messages } from './support/messages.ts';
import { Oracle } from './support/oracle.ts';
import { PoolModel } from './support/pool-model.ts';
import { Random } from './support/random.ts';

it('tries', async () => {
  const system = (process.env['L'] ?? 'linux') as 'linux';
  const guest = guestOf(system);
  const daemon = await FuzzedDaemon.start(guest, { configuration: '[ip_injection]\nmode = "off"' });
  const model = new PoolModel();
  const random = new Random(Number(process.env['S'] ?? 1));
  const messages = new Messages({ random, dialect: daemon.dialect, guest, model, ipOneIn: Number(process.env['IP'] ?? 100) });
  const oracle = new Oracle(daemon.dialect, model, guest);
  const message = Buffer.alloc(daemon.dialect.messageSize);
  const start = performance.now();
  const N = Number(process.env['N'] ?? 10000);
  let ms = 0;
  const byOp = new Map<number,[number, number, number]>();
  for (let i = 0; i < N; i += 1) {
    messages.next(message);
    const t = performance.now();
    const reply = daemon.exchange(message);
    const d = performance.now() - t;
    ms += d;
    const e = byOp.get(message[0]!) ?? [0, 0, 0]; e[0]++; e[1] += d; if (reply.readUInt32LE(0) === 0) e[2]++; byOp.set(message[0]!, e);
    const objection = oracle.objection(message, reply);
    if (objection !== undefined) {
      console.log(i, objection, message.subarray(0, 600).toString('latin1'), reply.subarray(0, 32));
      throw new Error(objection);
    }
    if (i % 1000 === 0) await new Promise((r) => setImmediate(r));
  }
  const s = (performance.now() - start) / 1000;
  for (const [op, [n, d, ok]] of byOp) if (op < 6) console.log(op, n, (d / n * 1000).toFixed(1), ok);
  console.log(N / s, 'a second; exchange', ms / N, daemon.rssMb(), daemon.descriptors(), [0,1,3,4].map((p) => [model.records(p).length, daemon.file(p).equals(model.file(p))]));
  console.log(daemon.log().split('\n').slice(0, 12).join('\n'), daemon.strayLines());
  await daemon.end();
}, Infinity);
