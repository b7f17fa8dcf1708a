import type { Exchange } from '../message/exchange.ts';
import { statusOf } from '../message/reply.ts';
import { statusName } from '../message/status.ts';
import type { TransactionEvent } from './protocol.ts';

/** What is reported to subscribers of an exchange; `at` is the time of the reply. It outlives the message. */
export function transactionEvent(exchange: Exchange, at: Date, values: boolean): TransactionEvent {
  const { request, reply, milliseconds, isLate } = exchange;
  const common = {
    type: 'transaction',
    at: at.toISOString(),
    status: statusName(statusOf(reply)),
    durationUs: Math.round(milliseconds * 1000),
    ...(isLate && { isLate }),
  } as const;
  const value = (bytes: Buffer) => ({ valueBytes: bytes.length, ...(values && { value: bytes.toString() }) });
  switch (request.operation) {
    case 'get': {
      const { operation, pool, key } = request;
      return { ...common, operation, pool, key: key.toString(), ...(reply.kind === 'value' && value(reply.value)) };
    }
    case 'set': {
      const { operation, pool, key } = request;
      return { ...common, operation, pool, key: key.toString(), ...value(request.value) };
    }
    case 'delete': {
      const { operation, pool, key } = request;
      return { ...common, operation, pool, key: key.toString() };
    }
    case 'enumerate': {
      const { operation, pool, index } = request;
      const found = reply.kind === 'record' && { key: reply.key.toString(), ...value(reply.value) };
      return { ...common, operation, pool, index, ...found };
    }
    case 'get-ip-info': {
      const { operation, adapterId: adapter } = request;
      return { ...common, operation, adapter, ...(values && reply.kind === 'ip-value' && { value: reply.value }) };
    }
    case 'set-ip-info': {
      const { operation, value: asked } = request;
      return { ...common, operation, adapter: asked.adapterId, ...(values && { value: asked }) };
    }
    case 'refused':
      return { ...common, operation: 'refused', reason: request.reason };
  }
}
