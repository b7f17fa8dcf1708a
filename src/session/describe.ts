import type { Reply } from '../message/reply.ts';
import type { Request } from '../message/request.ts';
import { statusName } from '../message/status.ts';

/** A request in one line, for the debug log: values included. */
export function describeRequest(request: Request): string {
  switch (request.operation) {
    case 'get':
    case 'delete':
      return `${request.operation} pool ${request.pool} '${request.key.toString()}'`;
    case 'set':
      return `set pool ${request.pool} '${request.key.toString()}' = '${request.value.toString()}'`;
    case 'enumerate':
      return `enumerate pool ${request.pool} [${request.index}]`;
    case 'get-ip-info':
      return `get-ip-info '${request.adapterId}'`;
    case 'set-ip-info':
      return `set-ip-info ${JSON.stringify(request.value)}`;
    case 'refused':
      return `refused: ${request.reason}`;
  }
}

/** A reply in one line, for the debug log. */
export function describeReply(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `${statusName(reply.status)} (0x${reply.status.toString(16)})`;
    case 'value':
      return `'${reply.value.toString()}'`;
    case 'record':
      return `'${reply.key.toString()}' = '${reply.value.toString()}'`;
    case 'ip-value':
      return JSON.stringify(reply.value);
  }
}
