import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/message/layout.ts';
import { AddressFamily } from '../../../src/message/ip-value.ts';
import { type AskOptions, Host } from '../../../src/simulator/host.ts';
import { decodePacket, encodePacket, PacketFlag } from '../../../src/simulator/host-packet.ts';
import { personalityNames } from '../../../src/simulator/personality.ts';
import { registered, simulated } from '../../support/simulated.ts';

const adapter = '00:15:5D:01:02:0A';
const reason = new Error('enough');
const ip = {
  ...{ adapterId: adapter, addressFamily: AddressFamily.ipv4, dhcpEnabled: true },
  ...{ addresses: '', subnets: '', gateways: '', dnsServers: '' },
};
const questions: readonly ((host: Host, options: AskOptions) => Promise<unknown>)[] = [
  (host, options) => host.negotiate(undefined, options),
  (host, options) => host.restore(options),
  (host, options) => host.enumerate(0, options),
  (host, options) => host.enumerateAt(0, 0, options),
  (host, options) => host.get(0, 'key', options),
  (host, options) => host.set(0, 'key', 'value', options),
  (host, options) => host.delete(0, 'key', options),
  (host, options) => host.getIpInfo(adapter, options),
  (host, options) => host.setIpInfo(ip, options),
  (host, options) => host.send({ operation: 'get', pool: 0, key: 'key' }, options),
];

describe('a signal', () => {
  it.each(questions)('gives up a question that waits for a daemon, by its reason: %s', async (ask) => {
    const { host } = simulated('linux');
    const controller = new AbortController();
    const result = ask(host, { signal: controller.signal });
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    await expect(ask(host, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('gives up the wait for a daemon, by its reason, and leaves nothing at the signal', async () => {
    const { simulator } = simulated('linux');
    const controller = new AbortController();
    const result = simulator.daemonConnected({ signal: controller.signal });
    controller.abort(reason);
    await expect(result).rejects.toBe(reason);
    const other = await registered('linux');
    const { signal } = new AbortController();
    await other.simulator.daemonConnected({ signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('has what the daemon has not got yet not asked any more', async () => {
    const { host, connect } = simulated('linux');
    const controller = new AbortController();
    const given = host.set(0, 'given-up', 'value', { signal: controller.signal });
    controller.abort(reason);
    await expect(given).rejects.toBe(reason);
    const daemon = connect();
    await daemon.register();
    const got = host.enumerateAt(0, 7);
    expect((await daemon.read()).readUInt32LE(layout.enumerate.index.offset)).toBe(7);
    daemon.answerRecord('key', 'value');
    expect((await got).value?.key).toBe('key');
  });

  it.each(personalityNames)('leaves the answer awaited before anything else is asked: a host like %s', async (name) => {
    const { host, daemon } = await registered('linux', { host: name });
    const controller = new AbortController();
    const first = host.enumerateAt(0, 0, { signal: controller.signal });
    await daemon.read();
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    const second = host.enumerateAt(0, 1);
    daemon.answerRecord('late', '1');
    await daemon.read();
    daemon.answerRecord('next', '2');
    expect((await second).value).toEqual({ key: 'next', value: '2' });
  });

  it('does so too over a channel that takes one packet at a time', async () => {
    const waiting: (() => void)[] = [];
    const host = new Host({
      exchange: (bytes) =>
        new Promise((resolve) => {
          expect(waiting).toEqual([]);
          const request = decodePacket(Buffer.from(bytes));
          waiting.push(() => {
            resolve(encodePacket({ ...request, status: 1, flags: PacketFlag.response }));
          });
        }),
    });
    const controller = new AbortController();
    const first = host.delete(0, 'first', { signal: controller.signal });
    const second = host.delete(0, 'second');
    controller.abort(reason);
    await expect(first).rejects.toBe(reason);
    while (waiting.length > 0) {
      waiting.pop()?.();
      await setImmediate();
    }
    expect(await second).toEqual({ status: 1 });
  });

  it('that never comes costs nothing', async () => {
    const { host, daemon } = await registered('linux');
    const { signal } = new AbortController();
    const got = host.get(0, 'key', { signal });
    await daemon.read();
    daemon.answerValue('value');
    expect(await got).toEqual({ status: 0, value: 'value' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
