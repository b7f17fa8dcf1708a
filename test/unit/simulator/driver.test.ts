import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRequest } from '../../../src/message/decode-request.ts';
import { layout } from '../../../src/message/layout.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { registered, simulated, unanswered } from '../../support/simulated.ts';

const { getOrSet, enumerate } = layout;

describe.each(['linux', 'freebsd'] as const)('the simulated driver of %s', (system) => {
  it('hands a request to the daemon and its reply to the host', async () => {
    const { host, daemon, simulator } = await registered(system);
    const got = host.enumerateAt(1, 7);
    const request = decodeRequest(await daemon.read(), daemon.dialect);
    expect(request).toEqual({ operation: 'enumerate', pool: 1, index: 7 });
    daemon.answerRecord('Straße', '5 €');
    expect(await got).toEqual({ status: 0, value: { key: 'Straße', value: '5 €' } });
    expect(simulator.violations).toEqual([]);
  });

  it('keeps requests, the negotiation among them, until a daemon is registered', async () => {
    const { host, connect } = simulated(system);
    const negotiated = host.negotiate();
    const set = host.set(0, 'key', 'value');
    const daemon = connect();
    await daemon.register();
    daemon.answer(await daemon.read(), Status.ok);
    expect(await negotiated).toEqual({ framework: { major: 3, minor: 0 }, message: { major: 4, minor: 0 } });
    expect(await set).toEqual({ status: Status.ok });
  });

  it('has one transaction at a time', async () => {
    const { host, daemon } = await registered(system);
    const first = host.set(0, 'first', '');
    const second = host.set(0, 'second', '');
    const request = await daemon.read();
    expect(daemon.hasMessage()).toBe(false);
    daemon.answer(request, Status.ok);
    expect(await first).toEqual({ status: Status.ok });
    daemon.answer(await daemon.read(), Status.fail);
    expect(await second).toEqual({ status: Status.fail });
  });

  it('does not tell the daemon a value’s type', async () => {
    const { host, daemon } = await registered(system);
    unanswered(host.set(0, 'key', 'value'));
    expect((await daemon.read()).readUInt32LE(getOrSet.valueType.offset)).toBe(0);
  });

  it('hands on a U64 as decimal text, unsigned', async () => {
    const { host, daemon } = await registered(system);
    unanswered(host.set(0, 'key', { u64: 2n ** 64n - 1n }));
    const message = await daemon.read();
    expect(decodeRequest(message, daemon.dialect)).toMatchObject({ value: Buffer.from('18446744073709551615') });
    expect(message.readUInt32LE(getOrSet.valueBytes.offset)).toBe(21);
  });

  it('hands on a value of a type that it does not know with size 0', async () => {
    const { host, daemon } = await registered(system);
    unanswered(host.set(0, 'key', { type: 3, bytes: Buffer.from('binary') }));
    const message = await daemon.read();
    expect(message.readUInt32LE(getOrSet.valueBytes.offset)).toBe(0);
    // So the daemon cannot know the value, and must not take it for empty.
    expect(decodeRequest(message, daemon.dialect)).toMatchObject({ operation: 'refused' });
  });

  it('tells sizes that count the NUL, for ASCII text', async () => {
    const { host, daemon } = await registered(system);
    unanswered(host.set(0, 'key', 'value'));
    const message = await daemon.read();
    expect(message.readUInt32LE(getOrSet.keyBytes.offset)).toBe(4);
    expect(message.readUInt32LE(getOrSet.valueBytes.offset)).toBe(6);
  });

  it('asks GET with value size 0', async () => {
    const { host, daemon } = await registered(system);
    unanswered(host.get(0, 'key'));
    expect((await daemon.read()).readUInt32LE(getOrSet.valueBytes.offset)).toBe(0);
  });

  it('reads the reply to GET where this system’s does', async () => {
    const { host, daemon } = await registered(system);
    const got = host.get(0, 'key');
    await daemon.read();
    const reply = daemon.message();
    reply.write('answer', system === 'linux' ? enumerate.value.offset : getOrSet.value.offset);
    daemon.write(reply);
    expect(await got).toEqual({ status: 0, value: 'answer' });
  });

  it('cuts at 254 units of the key and 1022 of the value', async () => {
    const { host, daemon } = await registered(system, { host: 'windows' });
    const got = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord('k'.repeat(511), 'v'.repeat(2047));
    expect(await got).toEqual({ status: 0, value: { key: 'k'.repeat(254), value: 'v'.repeat(1022) } });
  });

  it('writes no UTF-16 terminator into a reply, though the size counts one', async () => {
    const { host, daemon } = await registered(system);
    const sent = host.send({ operation: 'get', pool: 0, key: 'key' });
    await daemon.read();
    daemon.answerValue('ab');
    const { body } = await sent;
    expect(body.readUInt32LE(getOrSet.valueBytes.offset)).toBe(6);
  });

  it('gives the host the status of the daemon', async () => {
    const { host, daemon } = await registered(system);
    const got = host.get(0, 'key');
    daemon.answer(await daemon.read(), Status.noMoreItems);
    expect(await got).toEqual({ status: Status.noMoreItems, value: undefined });
  });

  it('hands on unknown operations, pools and indexes', async () => {
    const { host, daemon } = await registered(system);
    const sent = host.send({ operation: 'unknown', code: 77, pool: 255 });
    const request = await daemon.read();
    expect([...request.subarray(0, 4)]).toEqual([77, 255, 0, 0]);
    daemon.answer(request, Status.notSupported);
    expect((await sent).status).toBe(Status.notSupported);
  });

  it('carries IP information in both directions', async () => {
    const { host, daemon } = await registered(system);
    const value = {
      adapterId: '{00000000-0000-0000-0000-00000000000A}',
      addressFamily: 3,
      dhcpEnabled: true,
      addresses: '192.0.2.1;2001:db8::1',
      subnets: '255.255.255.0;/64',
      gateways: '192.0.2.254;',
      dnsServers: '192.0.2.53;',
    };
    const set = host.setIpInfo(value);
    const request = await daemon.read();
    expect(decodeRequest(request, daemon.dialect)).toEqual({ operation: 'set-ip-info', value });
    daemon.answer(request, Status.ok);
    expect(await set).toEqual({ status: Status.ok });

    const got = host.getIpInfo('00:15:5D:01:02:0A');
    const question = await daemon.read();
    expect(decodeRequest(question, daemon.dialect)).toMatchObject({ adapterId: '00:15:5D:01:02:0A' });
    request.copy(question);
    daemon.answer(question, Status.ok);
    expect(await got).toEqual({ status: Status.ok, value });
  });

  it('enumerates a whole pool, up to the first status that is not 0', async () => {
    const { host, daemon } = await registered(system);
    const all = host.enumerate(0);
    for (const key of ['a', 'b']) {
      await daemon.read();
      daemon.answerRecord(key, key);
    }
    daemon.answer(await daemon.read(), Status.noMoreItems);
    const records = ['a', 'b'].map((key) => ({ key, value: key }));
    expect(await all).toEqual({ status: Status.noMoreItems, records });
  });

  it('refuses a second daemon while the first is connected', async () => {
    const { daemon, connect, simulator, host } = await registered(system);
    const second = connect();
    expect(await second.read()).toHaveLength(0);
    expect(simulator.refusedConnections).toBe(1);
    const set = host.set(0, 'key', 'value');
    daemon.answer(await daemon.read(), Status.ok);
    expect(await set).toEqual({ status: Status.ok });
  });

  it('takes the next daemon as soon as the first has ended', async () => {
    const { daemon, connect, simulator } = await registered(system);
    daemon.close();
    await connect().register();
    await simulator.daemonConnected();
    expect(simulator.refusedConnections).toBe(0);
  });

  it('withdraws the device: the connection ends, the socket is gone, the host’s question fails', async () => {
    const { daemon, host, simulator, path } = await registered(system);
    const lost = host.get(0, 'key');
    await daemon.read();
    simulator.rescind();
    await expect(lost).rejects.toThrow('withdrawn');
    await expect(host.get(0, 'key')).rejects.toThrow('withdrawn');
    expect(await daemon.read()).toHaveLength(0);
    expect(existsSync(path)).toBe(false);
  });

  it('offers the device again, and serves whoever registers', async () => {
    const { simulator, host, connect } = await registered(system);
    simulator.rescind();
    simulator.offer();
    const negotiated = host.negotiate();
    await connect().register();
    expect(await negotiated).toMatchObject({ message: { major: 4 } });
  });

  it('notes a registration by the other system’s operation, and does not take it', async () => {
    const { connect, simulator } = simulated(system);
    const daemon = connect();
    daemon.sendRegistration(system === 'linux' ? 4 : 100);
    await eventually(() => simulator.violations.length > 0);
    expect(simulator.violations[0]).toMatch(/^a registration by operation/);
    await daemon.register();
    await simulator.daemonConnected();
  });

  it('notes a reply that was not owed', async () => {
    const { daemon, host, simulator } = await registered(system);
    const set = host.set(0, 'key', 'value');
    const request = await daemon.read();
    daemon.answer(request, Status.ok);
    await set;
    daemon.answer(request, Status.ok);
    await eventually(() => simulator.violations.length > 0);
    expect(simulator.violations).toEqual(['a reply that was not owed']);
  });

  it('notes a message that is too short', async () => {
    const { daemon, host, simulator } = await registered(system);
    unanswered(host.set(0, 'key', 'value'));
    await daemon.read();
    daemon.write(daemon.message(20));
    await eventually(() => simulator.violations.length > 0);
    expect(simulator.violations[0]).toMatch(/^a message of 20 bytes/);
  });

  it('takes a message that is too long', async () => {
    const { daemon, host, simulator } = await registered(system);
    const set = host.set(0, 'key', 'value');
    await daemon.read();
    daemon.write(daemon.message(8000));
    expect(await set).toEqual({ status: Status.ok });
    expect(simulator.violations).toEqual([]);
  });
});
