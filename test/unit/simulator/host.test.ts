import { describe, expect, it } from 'vitest';
import { layout } from '../../../src/message/layout.ts';
import { Host, HostFault, HostTimeout } from '../../../src/simulator/host.ts';
import { decodePacket, encodePacket, PacketFlag } from '../../../src/simulator/host-packet.ts';
import { personalities } from '../../../src/simulator/personality.ts';
import { registered } from '../../support/simulated.ts';

describe('a strict host', () => {
  it('gives up the channel for a reply that openvmm takes for a fault, until it negotiates again', async () => {
    const { host, daemon } = await registered('freebsd');
    const got = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord('key', 'v'.repeat(1500));
    await expect(got).rejects.toThrow(HostFault);
    await expect(host.get(0, 'key')).rejects.toThrow('gives up the channel');
    await host.negotiate();
    const later = host.get(0, 'key');
    await daemon.read();
    daemon.answerValue('fine');
    expect(await later).toEqual({ status: 0, value: 'fine' });
  });

  it('may negotiate with a request out, as after a restore', async () => {
    const { host, daemon } = await registered('linux');
    const got = host.get(0, 'key');
    await daemon.read();
    const restored = host.negotiate();
    daemon.answerValue('late');
    expect(await got).toEqual({ status: 0, value: 'late' });
    expect(await restored).toMatchObject({ message: { major: 4, minor: 0 } });
  });

  it('takes no value of a type that it does not know', async () => {
    const host = new Host({
      exchange(bytes) {
        const request = decodePacket(Buffer.from(bytes));
        const body = Buffer.from(request.body);
        body.writeUInt32LE(7, layout.getOrSet.valueType.offset);
        return Promise.resolve(encodePacket({ ...request, body, flags: PacketFlag.response }));
      },
    });
    await expect(host.get(0, 'key')).rejects.toThrow('the value is of an unknown type, 7');
  });
});

describe('a host that waits 3 s', () => {
  it('gives a request up then, and still awaits its answer before it asks the next', async () => {
    const { host, daemon, clock } = await registered('linux', { host: 'openvmm' });
    const first = host.enumerateAt(0, 0);
    await daemon.read();
    clock.advance(3000);
    await expect(first).rejects.toThrow(HostTimeout);
    const second = host.enumerateAt(0, 1);
    daemon.answerRecord('late', '1');
    await daemon.read();
    daemon.answerRecord('next', '2');
    expect((await second).value).toEqual({ key: 'next', value: '2' });
  });

  it('counts the wait for that answer into the time of the next, and does not ask it once that is over', async () => {
    const { host, daemon, clock } = await registered('linux', { host: 'openvmm' });
    const first = host.enumerateAt(0, 0);
    await daemon.read();
    const second = host.enumerateAt(0, 1);
    clock.advance(3000);
    await expect(first).rejects.toThrow(HostTimeout);
    await expect(second).rejects.toThrow(HostTimeout);
    const third = host.enumerateAt(0, 2);
    daemon.answerRecord('late', '1');
    const asked = await daemon.read();
    expect(asked.readUInt32LE(layout.enumerate.index.offset)).toBe(2);
    daemon.answerRecord('third', '3');
    expect((await third).value?.key).toBe('third');
  });

  it('negotiates with a request out, as after a restore, and drops its answer', async () => {
    const { host, daemon } = await registered('linux', { host: 'openvmm' });
    const restored = host.restore();
    await daemon.read();
    daemon.answerRecord('late', '1');
    expect(await restored).toMatchObject({ message: { major: 4, minor: 0 } });
    const next = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord('next', '2');
    expect((await next).value?.key).toBe('next');
  });
});

describe('a host like Windows', () => {
  it('reads on after such a reply', async () => {
    const { host, daemon } = await registered('freebsd', { host: 'windows' });
    const got = host.enumerateAt(0, 0);
    await daemon.read();
    daemon.answerRecord('key', 'v'.repeat(1500));
    expect((await got).status).toBe(0);
  });
});

describe('a host like openvmm', () => {
  it('gives every packet the transaction 0', async () => {
    const seen: number[] = [];
    const host = new Host(
      {
        exchange(bytes) {
          const request = decodePacket(Buffer.from(bytes));
          seen.push(request.transaction);
          return Promise.resolve(encodePacket({ ...request, status: 1, flags: PacketFlag.response }));
        },
      },
      personalities.openvmm,
    );
    await host.set(0, 'a', 'b');
    await host.delete(0, 'a');
    expect(seen).toEqual([0, 0]);
  });

  it('finds a key by enumeration: the first that is equal, and case counts', async () => {
    const { host, daemon } = await registered('linux', { host: 'openvmm' });
    const got = host.get(0, 'Key');
    await daemon.read();
    daemon.answerRecord('key', 'small');
    await daemon.read();
    daemon.answerRecord('Key', 'right');
    expect(await got).toEqual({ status: 0, value: 'right' });
  });

  it('sends no IP requests to a guest that stops at messages of version 4.0', async () => {
    const { host } = await registered('linux', { host: 'openvmm' });
    await expect(host.getIpInfo('00:15:5D:01:02:0A')).rejects.toThrow('version 5.0 only');
  });
});
