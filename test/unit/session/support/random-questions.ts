import fc from 'fast-check';
import { type Reply, statusOf } from '../../../../src/message/reply.ts';
import type { Request } from '../../../../src/message/request.ts';
import { Status } from '../../../../src/message/status.ts';
import type { Host, HostReply } from '../../../../src/simulator/host.ts';
import type { HostRequest } from '../../../../src/simulator/host-request.ts';

const pool = 0;

/** Of characters that FreeBSD's driver carries, one, two and three bytes long. */
const text = (longest: number) =>
  fc
    .record({ of: fc.constantFrom('a', 'z', '7', 'é', 'я', '漢'), length: fc.integer({ min: 1, max: longest }) })
    .map(({ of, length }) => of.repeat(length));
const key = text(20);
/** As much as that driver carries of the shortest list, the gateways. */
const list = text(170);
const adapterId = fc.constant('f8b3781b-1e82-4818-a1c3-63d806ec15bb');
const operation = <T extends string>(name: T) => fc.record({ operation: fc.constant(name), pool: fc.constant(pool) });
const extended = <T, U>(one: fc.Arbitrary<T>, other: fc.Arbitrary<U>) =>
  fc.tuple(one, other).map(([first, second]) => ({ ...first, ...second }));

/** What a host may ask of one pool and one adapter: texts small and large, which leave something of the one before in each other. */
export const question: fc.Arbitrary<HostRequest> = fc.oneof(
  { weight: 10, arbitrary: extended(operation('set'), fc.record({ key, value: text(600) })) },
  { weight: 10, arbitrary: extended(operation('get'), fc.record({ key })) },
  { weight: 5, arbitrary: extended(operation('delete'), fc.record({ key })) },
  { weight: 5, arbitrary: extended(operation('enumerate'), fc.record({ index: fc.nat(60) })) },
  {
    weight: 10,
    arbitrary: fc.record({
      operation: fc.constant('set-ip-info' as const),
      value: fc.record({
        ...{ adapterId, addressFamily: fc.constant(0), dhcpEnabled: fc.boolean() },
        ...{ addresses: list, subnets: list, gateways: list, dnsServers: list },
      }),
    }),
  },
  { weight: 10, arbitrary: fc.record({ operation: fc.constant('get-ip-info' as const), adapterId }) },
  { weight: 1, arbitrary: extended(operation('unknown'), fc.record({ code: fc.constant(9) })) },
);

/** What the host gets to hear. */
export async function answerTo(host: Host, asked: HostRequest): Promise<Partial<HostReply<unknown>>> {
  switch (asked.operation) {
    case 'get':
      return await host.get(asked.pool, asked.key);
    case 'set':
      return await host.set(asked.pool, asked.key, asked.value);
    case 'delete':
      return await host.delete(asked.pool, asked.key);
    case 'enumerate':
      return await host.enumerateAt(asked.pool, asked.index);
    case 'get-ip-info':
      return await host.getIpInfo(asked.adapterId);
    case 'set-ip-info':
      return await host.setIpInfo(asked.value);
    case 'unknown':
      return { status: (await host.send(asked)).status };
  }
}

/** The question as it must reach the daemon. */
export function requestOf(asked: HostRequest): Request {
  switch (asked.operation) {
    case 'get':
    case 'delete':
      return { operation: asked.operation, pool, key: Buffer.from(asked.key) };
    case 'set':
      if (typeof asked.value !== 'string') throw new TypeError('only texts are asked');
      return { operation: 'set', pool, key: Buffer.from(asked.key), value: Buffer.from(asked.value) };
    case 'enumerate':
      return { operation: 'enumerate', pool, index: asked.index };
    case 'unknown':
      return { operation: 'refused', status: Status.notSupported, reason: '' };
    default:
      return asked;
  }
}

/** A reply as the host must hear it. */
export function heard(reply: Reply): HostReply<unknown> {
  const status = statusOf(reply);
  switch (reply.kind) {
    case 'status':
      return { status, value: undefined };
    case 'value':
      return { status, value: reply.value.toString() };
    case 'record':
      return { status, value: { key: reply.key.toString(), value: reply.value.toString() } };
    case 'ip-value':
      return { status, value: reply.value };
  }
}
