import { closeSync, openSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { Helper } from '../../../src/helper/client/helper.ts';
import { pollThreads } from '../../support/threads.ts';
import { recordedLog } from './support/recorded-log.ts';

/** A helper that answers with these packets, whatever it is asked; without any it never does. */
function helperThatSays(packets: readonly string[], { hangsUp = true, descriptor = -1 } = {}) {
  const { log, lines } = recordedLog();
  const others: number[] = [];
  const connect = (): number => {
    const [own, other] = native.socketPair();
    for (const packet of packets) {
      native.sendPacket(other, Buffer.from(packet), descriptor < 0 ? undefined : descriptor);
    }
    if (hangsUp) closeSync(other);
    else others.push(other);
    return own;
  };
  return { helper: new Helper({ connect, patienceMs: 50, log }), lines, connections: others };
}

function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

describe('what a helper answers', () => {
  it('is taken, with a descriptor', () => {
    const descriptor = openSync('/dev/null', 'r');
    const { helper, lines } = helperThatSays(['{"reply":"done"}'], { hangsUp: false, descriptor });
    const answer = helper.ask({ request: 'device' });
    expect(answer?.reply).toEqual({ reply: 'done' });
    expect(answer?.descriptor).not.toBe(descriptor);
    closeSync(answer?.descriptor ?? -1);
    expect(lines).toEqual([]);
  });

  it('is thrown if it is a failure of the system', () => {
    const failure = '{"reply":"failed","code":"EBUSY","syscall":"open","message":"EBUSY: busy, open"}';
    const { helper, lines } = helperThatSays([failure], { hangsUp: false });
    expect(() => helper.ask({ request: 'device' })).toThrow(expect.objectContaining({ code: 'EBUSY' }));
    expect(lines).toEqual([]);
  });

  it.each(['nonsense', '[]', 'null', '{"reply":"failed"}', '{"reply":"status","status":7}', 'x'.repeat(9000)])(
    'is no answer, told once and leaves no descriptor open if it is nonsense: %.40s',
    (packet) => {
      const descriptor = openSync('/dev/null', 'r');
      const { helper, lines } = helperThatSays([packet], { descriptor });
      expect(helper.ask({ request: 'device' })).toBeUndefined();
      const before = openDescriptors();
      for (let round = 0; round < 5; round += 1) expect(helper.ask({ request: 'device' })).toBeUndefined();
      expect(openDescriptors()).toBe(before);
      closeSync(descriptor);
      expect(lines).toHaveLength(1);
      expect(helper.trouble).not.toBe('');
    },
  );

  it('is not waited for again at once if it did not come', () => {
    const { helper, lines, connections } = helperThatSays([], { hangsUp: false });
    for (let round = 0; round < 5; round += 1) expect(helper.ask({ request: 'recover' })).toBeUndefined();
    expect(connections).toHaveLength(1);
    expect(lines).toHaveLength(1);
  });

  it('ends a conversation if the helper hangs up, or talks nonsense', async () => {
    for (const packets of [[], ['nonsense']]) {
      const { helper, lines } = helperThatSays(packets);
      await new Promise<void>((resolve) => {
        helper.converse({ request: 'recover' }, { patienceMs: 10_000, onReply: () => undefined, onEnd: resolve });
      });
      expect(lines).toHaveLength(1);
    }
  });

  it.each([{ packets: [] }, { packets: ['{"reply":"status","status":0}'] }])(
    'ends a conversation in time if the helper hangs, and leaves neither descriptor nor thread (said: $packets)',
    async ({ packets }) => {
      const { helper, lines, connections } = helperThatSays(packets, { hangsUp: false });
      const before = openDescriptors();
      const threads = pollThreads();
      for (let round = 0; round < 5; round += 1) {
        await new Promise<void>((resolve) => {
          const listener = { patienceMs: 20, onReply: () => undefined, onEnd: resolve };
          helper.converse({ request: 'dhcp-state', adapter: 'eth0' }, listener);
        });
      }
      // The other ends are ours too here.
      expect(openDescriptors()).toBe(before + connections.length);
      expect(pollThreads()).toBe(threads);
      expect(lines[0]).toContain('no complete answer arrived for 20 ms');
      // One that has said something was lost each time.
      expect(lines).toHaveLength(packets.length === 0 ? 1 : 5);
      for (const fd of connections) closeSync(fd);
    },
  );

  it('is not asked for with a request that is too long', () => {
    const { helper, connections } = helperThatSays([], { hangsUp: false });
    let isEnded = false;
    const onEnd = (): void => {
      isEnded = true;
    };
    helper.converse(
      { request: 'dhcp-state', adapter: 'a'.repeat(9000) },
      { patienceMs: 50, onReply: () => undefined, onEnd },
    );
    expect(isEnded).toBe(true);
    expect(connections).toEqual([]);
  });
});
