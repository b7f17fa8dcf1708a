import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/message/layout.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { registered, simulated, unanswered } from '../../support/simulated.ts';

const replyTimeoutMs = 5000;
const failed = { status: Status.fail, value: undefined };

describe('the simulated driver of FreeBSD', () => {
  it('does not answer a registration', async () => {
    const { daemon } = await registered('freebsd');
    expect(daemon.hasMessage()).toBe(false);
  });

  it('has messages of 7430 bytes', async () => {
    const { host, daemon } = await registered('freebsd');
    unanswered(host.get(0, 'key'));
    expect(await daemon.read()).toHaveLength(7430);
  });

  it('hands on a U32 as decimal text, signed', async () => {
    const { host, daemon } = await registered('freebsd');
    unanswered(host.set(0, 'key', { u32: 0xffff_ffff }));
    expect(textAt(await daemon.read(), layout.getOrSet.value.offset)).toBe('-1');
  });

  it('reports wrong sizes of text that is not ASCII', async () => {
    const { host, daemon } = await registered('freebsd');
    unanswered(host.set(0, 'Schlüssel', '€'));
    const message = await daemon.read();
    expect(message.readUInt32LE(layout.getOrSet.keyBytes.offset)).toBe(10);
    expect(message.readUInt32LE(layout.getOrSet.valueBytes.offset)).toBe(3);
    expect(textAt(message, layout.getOrSet.key.offset)).toBe('Schlüssel');
  });

  it('keeps the daemon’s status for a reply that is not UTF-8', async () => {
    const { host, daemon } = await registered('freebsd');
    const got = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord('key', Buffer.from([0x61, 0xff, 0x62]));
    expect(await got).toEqual({ status: 0, value: { key: 'key', value: 'aÿb' } });
  });

  it('reports the size of the whole text though it cuts it', async () => {
    const { host, daemon } = await registered('freebsd', { host: 'windows' });
    const sent = host.send({ operation: 'get', pool: 0, key: 'key' });
    await daemon.read();
    daemon.answerValue('v'.repeat(1500));
    expect((await sent).body.readUInt32LE(layout.getOrSet.valueBytes.offset)).toBe(3002);
  });

  it('answers 0x80004005 itself after 5 s without a reply', async () => {
    const { host, daemon, clock } = await registered('freebsd');
    const got = host.get(0, 'key');
    await daemon.read();
    clock.advance(replyTimeoutMs);
    expect(await got).toEqual(failed);
  });

  it('fails later requests undelivered until the late reply is written, and drops that', async () => {
    const { host, daemon, clock, simulator } = await registered('freebsd');
    const expired = host.get(0, 'expired');
    const late = await daemon.read();
    clock.advance(replyTimeoutMs);
    await expired;

    const undelivered = host.get(0, 'undelivered');
    clock.advance(replyTimeoutMs);
    expect(await undelivered).toEqual(failed);
    expect(daemon.hasMessage()).toBe(false);

    daemon.answer(late, Status.ok);
    await eventually(() => simulator.lateReplies === 1);
    const served = host.get(0, 'served');
    await daemon.read();
    daemon.answerValue('value');
    expect(await served).toEqual({ status: Status.ok, value: 'value' });
    expect(simulator.violations).toEqual([]);
  });

  it('lets a request that waits undelivered fail even if the late reply comes meanwhile', async () => {
    const { host, daemon, clock, simulator } = await registered('freebsd');
    const expired = host.get(0, 'expired');
    const late = await daemon.read();
    clock.advance(replyTimeoutMs);
    await expired;
    const undelivered = host.get(0, 'undelivered');
    daemon.answer(late, Status.ok);
    await eventually(() => simulator.lateReplies === 1);
    clock.advance(replyTimeoutMs);
    expect(await undelivered).toEqual(failed);
  });

  it('reports to the host only after 5 s that the daemon died in mid-transaction', async () => {
    const { host, daemon, clock, connect, simulator } = await registered('freebsd');
    const settled: string[] = [];
    const got = host.get(0, 'key').finally(() => settled.push('got'));
    await daemon.read();
    daemon.close();
    const next = connect();
    await next.register();
    await simulator.daemonConnected();
    expect(settled).toEqual([]);
    expect(next.hasMessage()).toBe(false);
    clock.advance(replyTimeoutMs);
    expect(await got).toEqual(failed);
  });

  it('panics at a write before the host has sent anything', async () => {
    const { daemon, simulator, path } = await registered('freebsd');
    daemon.write(daemon.message());
    await eventually(() => simulator.violations.length > 0);
    expect(simulator.violations[0]).toMatch(/^kernel panic/);
    expect(existsSync(path)).toBe(false);
  });

  it('takes a message that is too short, with garbage behind it', async () => {
    const { host, daemon, simulator } = await registered('freebsd');
    const got = host.get(0, 'key');
    await daemon.read();
    const message = daemon.message(layout.getOrSet.value.offset + 1);
    message.write('v', layout.getOrSet.value.offset);
    daemon.write(message);
    expect((await got).value).not.toBe('v');
    expect(simulator.violations).toHaveLength(1);
  });

  it('replaces a GUID in lower case by the interface’s name, and leaves one in upper case', async () => {
    const guid = '6f0a0d4e-0000-4c00-8000-00000000000a';
    const { host, daemon } = await registered('freebsd', { interfaceNames: new Map([[guid, 'hn0']]) });
    for (const [adapterId, expected] of [
      [guid, 'hn0'],
      [guid.toUpperCase(), guid.toUpperCase()],
    ] as const) {
      const set = host.setIpInfo({ ...noAddresses, adapterId });
      const request = await daemon.read();
      expect(textAt(request, layout.ip.adapterId.offset)).toBe(expected);
      daemon.answer(request, Status.ok);
      await set;
    }
  });

  it('keeps a request that comes while no daemon is registered, past any time-out', async () => {
    const { host, clock, connect } = simulated('freebsd');
    const set = host.set(0, 'key', 'value');
    clock.advance(replyTimeoutMs);
    const daemon = connect();
    await daemon.register();
    daemon.answer(await daemon.read(), Status.ok);
    expect(await set).toEqual({ status: Status.ok });
  });
});

const noAddresses = {
  addressFamily: 1,
  dhcpEnabled: false,
  addresses: '',
  subnets: '',
  gateways: '',
  dnsServers: '',
} as const;

function textAt(message: Buffer, offset: number): string {
  return message.toString('utf8', offset, message.indexOf(0, offset));
}
