import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/message/layout.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { registered, simulated, unanswered } from '../../support/simulated.ts';

const replyTimeoutMs = 30_000;

describe('the simulated driver of Linux', () => {
  it('answers a registration with its version, before any request', async () => {
    const { host, connect } = simulated('linux');
    unanswered(host.set(0, 'key', 'value'));
    expect(await connect().register()).toBe('3.1');
  });

  it('has messages of 7432 bytes', async () => {
    const { host, daemon } = await registered('linux');
    unanswered(host.get(0, 'key'));
    expect(await daemon.read()).toHaveLength(7432);
  });

  it('hands on a U32 as decimal text, unsigned', async () => {
    const { host, daemon } = await registered('linux');
    unanswered(host.set(0, 'key', { u32: 0xffff_ffff }));
    expect(textAt(await daemon.read(), layout.getOrSet.value.offset)).toBe('4294967295');
  });

  it('tells true sizes of text that is not ASCII', async () => {
    const { host, daemon } = await registered('linux');
    unanswered(host.set(0, 'Schlüssel', '😀'));
    const message = await daemon.read();
    expect(message.readUInt32LE(layout.getOrSet.keyBytes.offset)).toBe(11);
    expect(message.readUInt32LE(layout.getOrSet.valueBytes.offset)).toBe(5);
  });

  it('never tells a size beyond its field, however large the host’s', async () => {
    const { host, daemon } = await registered('linux');
    unanswered(
      host.send({
        operation: 'set',
        pool: 0,
        key: 'key',
        keyBytes: 0x7fff_ffff,
        value: 'v',
        valueBytes: 0xffff_ffff,
      }),
    );
    const message = await daemon.read();
    expect(message.readUInt32LE(layout.getOrSet.keyBytes.offset)).toBe(4);
    expect(message.readUInt32LE(layout.getOrSet.valueBytes.offset)).toBe(1);
  });

  it('cuts between characters: an emoji across the limit is left out', async () => {
    const { host, daemon } = await registered('linux');
    const got = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord(`${'k'.repeat(253)}😀`, `${'v'.repeat(1020)}😀`);
    expect(await got).toEqual({ status: 0, value: { key: 'k'.repeat(253), value: `${'v'.repeat(1020)}😀` } });
  });

  it('fails for a reply that is not UTF-8, with garbage for a size', async () => {
    const { host, daemon } = await registered('linux');
    const sent = host.send({ operation: 'enumerate', pool: 0, index: 0 });
    await daemon.read();
    daemon.answerRecord('key', Buffer.from([0xff]));
    const { status, body } = await sent;
    expect(status).toBe(Status.fail);
    expect(body.readUInt32LE(layout.enumerate.valueBytes.offset)).toBe(0xffff_ffd6);
  });

  it('gives the host its own body back on an error status, whatever the daemon wrote', async () => {
    const { host, daemon } = await registered('linux');
    const sent = host.send({ operation: 'get', pool: 0, key: 'key' });
    await daemon.read();
    daemon.answer(Buffer.alloc(7432, 'x'), Status.fail);
    const { body } = await sent;
    expect(body.toString('utf16le', layout.getOrSet.key.offset, layout.getOrSet.key.offset + 6)).toBe('key');
    expect(body.readUInt32LE(layout.getOrSet.valueBytes.offset)).toBe(0);
  });

  it('answers 0x80004005 itself after 30 s without a reply, and not before', async () => {
    const { host, daemon, clock } = await registered('linux');
    const settled: string[] = [];
    const got = host.get(0, 'key').finally(() => settled.push('got'));
    await daemon.read();
    clock.advance(replyTimeoutMs - 1);
    await Promise.resolve();
    expect(settled).toEqual([]);
    clock.advance(1);
    expect(await got).toEqual({ status: Status.fail, value: undefined });
  });

  it('drops a late reply', async () => {
    const { host, daemon, clock, simulator } = await registered('linux');
    const got = host.get(0, 'key');
    const request = await daemon.read();
    clock.advance(replyTimeoutMs);
    await got;
    daemon.answer(request, Status.ok);
    await eventually(() => simulator.lateReplies === 1);
    const next = host.set(0, 'key', 'value');
    daemon.answer(await daemon.read(), Status.notSupported);
    expect(await next).toEqual({ status: Status.notSupported });
    expect(simulator.violations).toEqual([]);
  });

  it('takes a late reply for the answer to the next request if that waits, and notes the reply too many', async () => {
    const { host, daemon, clock, simulator } = await registered('linux');
    const expired = host.get(0, 'expired');
    await daemon.read();
    clock.advance(replyTimeoutMs);
    await expired;
    const next = host.get(0, 'next');
    daemon.answerValue('for the expired one');
    expect(await next).toEqual({ status: 0, value: 'for the expired one' });
    await daemon.read();
    daemon.answerValue('for the next one');
    await eventually(() => simulator.violations.length > 0);
    expect(simulator.violations).toEqual(['a reply that was not owed']);
  });

  it('is content with a daemon that drops an expired request and answers the next', async () => {
    const { host, daemon, clock, simulator } = await registered('linux');
    const expired = host.get(0, 'expired');
    clock.advance(replyTimeoutMs);
    await expired;
    const next = host.get(0, 'next');
    await daemon.read();
    await daemon.read();
    daemon.answerValue('for the next one');
    expect(await next).toEqual({ status: 0, value: 'for the next one' });
    expect(simulator.violations).toEqual([]);
    expect(simulator.lateReplies).toBe(0);
  });

  it('tells the host at once when the daemon dies in mid-transaction', async () => {
    const { host, daemon } = await registered('linux');
    const got = host.get(0, 'key');
    await daemon.read();
    daemon.close();
    expect(await got).toEqual({ status: Status.fail, value: undefined });
  });

  it('does not take a message that is too short for a reply', async () => {
    const { host, daemon, simulator } = await registered('linux');
    const set = host.set(0, 'key', 'value');
    const request = await daemon.read();
    daemon.write(daemon.message(7430));
    await eventually(() => simulator.violations.length > 0);
    daemon.answer(request, Status.notSupported);
    expect(await set).toEqual({ status: Status.notSupported });
  });

  it('reads the reply to an unknown operation as if it answered an ENUMERATE', async () => {
    const { host, daemon } = await registered('linux');
    const sent = host.send({ operation: 'unknown', code: 77, pool: 0 });
    await daemon.read();
    daemon.answerRecord('key', 'value');
    const { status, body } = await sent;
    expect(status).toBe(Status.ok);
    expect(body.readUInt32LE(layout.enumerate.keyBytes.offset)).toBe(8);
  });

  it('hands on a GUID as it is', async () => {
    const guid = '6f0a0d4e-0000-4c00-8000-000000000001';
    const { host, daemon } = await registered('linux', { interfaceNames: new Map([[guid, 'eth0']]) });
    unanswered(host.setIpInfo({ ...noAddresses, adapterId: guid }));
    expect(textAt(await daemon.read(), layout.ip.adapterId.offset)).toBe(guid);
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
