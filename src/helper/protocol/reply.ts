import type { InjectionResult } from '../../ip-information/injection-result.ts';
import { parseJsonObject } from '../../message/json.ts';
import { Status } from '../../message/status.ts';
import type { HelperReply } from './request.ts';

/** A reply of the helper; undefined for bytes that are none. */
export function parseReply(packet: Buffer): HelperReply | undefined {
  const { reply, ...rest } = parseJsonObject(packet.toString());
  switch (reply) {
    case 'done':
      return { reply };
    case 'failed': {
      const { code, syscall, message } = rest;
      return isText(code) && isText(syscall) && isText(message) ? { reply, code, syscall, message } : undefined;
    }
    case 'status': {
      const status = Object.values(Status).find((each) => each === rest['status']);
      return status === undefined ? undefined : { reply, status };
    }
    case 'result': {
      const result = results.find((each) => each === rest['result']);
      return result === undefined ? undefined : { reply, result };
    }
    case 'dhcp-state': {
      const { isOn } = rest;
      return typeof isOn === 'boolean' ? { reply, isOn } : undefined;
    }
    default:
      return undefined;
  }
}

const results: readonly InjectionResult[] = ['applied', 'unchanged', 'refused', 'undone', 'failed'];

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
