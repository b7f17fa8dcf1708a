import type { IpValue } from '../../../../src/message/ip-value.ts';
import { type Reply, statusReply } from '../../../../src/message/reply.ts';
import type { Request } from '../../../../src/message/request.ts';
import { Status } from '../../../../src/message/status.ts';

/** Serves every request as a guest does, with one pool and one adapter that are nowhere but here. */
export class RecordStore {
  readonly #records = new Map<string, string>();
  #addresses: IpValue = {
    ...{ adapterId: '', addressFamily: 0, dhcpEnabled: false },
    ...{ addresses: '', subnets: '', gateways: '', dnsServers: '' },
  };

  serve(request: Request): Reply {
    switch (request.operation) {
      case 'get': {
        const value = this.#records.get(request.key.toString());
        return value === undefined ? statusReply(Status.noMoreItems) : { kind: 'value', value: Buffer.from(value) };
      }
      case 'set':
        this.#records.set(request.key.toString(), request.value.toString());
        return statusReply(Status.ok);
      case 'delete':
        return statusReply(this.#records.delete(request.key.toString()) ? Status.ok : Status.noMoreItems);
      case 'enumerate': {
        const record = [...this.#records][request.index];
        if (record === undefined) return statusReply(Status.noMoreItems);
        return { kind: 'record', key: Buffer.from(record[0]), value: Buffer.from(record[1]) };
      }
      case 'get-ip-info':
        return { kind: 'ip-value', value: { ...this.#addresses, adapterId: request.adapterId } };
      case 'set-ip-info':
        this.#addresses = request.value;
        return statusReply(Status.ok);
      case 'refused':
        return statusReply(request.status);
    }
  }
}
