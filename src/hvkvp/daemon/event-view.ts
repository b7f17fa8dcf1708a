import type { ControlEvent, TransactionEvent } from '../../control/protocol.ts';
import { poolName } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { type Output, paint } from '../output.ts';
import { asWords, shortTime } from '../quantities.ts';

const operationWidth = 11;
const statusWidth = 15;
const timeWidth = 7;

/** An event in one line, with values only if asked for. */
export function eventView(event: ControlEvent, values: boolean, output: Output): string {
  switch (event.type) {
    case 'transaction':
      return transactionView(event, values, output);
    case 'registered':
      return `${when(event.at, output)}  registered${versionOf(event.integrationServices)}`;
    case 'lost':
      return `${when(event.at, output)}  ${paint(output, 'red', `device lost: ${printable(event.trouble)}`)}`;
    case 'dropped':
      return paint(output, 'yellow', `${event.count} events skipped: this reader was too slow`);
  }
}

function transactionView(event: TransactionEvent, values: boolean, output: Output): string {
  const { at, operation, status, durationUs, isLate } = event;
  const colour = status === 'ok' ? 'green' : status === 'noMoreItems' ? 'yellow' : 'red';
  return [
    when(at, output),
    operation.padEnd(operationWidth),
    paint(output, colour, asWords(status).padEnd(statusWidth)),
    shortTime(durationUs).padStart(timeWidth),
    printable(subject(event, values)),
    ...(isLate ? [paint(output, 'red', 'too late: the driver had answered the host itself')] : []),
  ].join('  ');
}

/** What it was about. */
function subject(event: TransactionEvent, values: boolean): string {
  switch (event.operation) {
    case 'get':
    case 'set':
    case 'delete':
    case 'enumerate': {
      const { pool, index, key, valueBytes, value } = event;
      const place = index === undefined ? poolName(pool) : `${poolName(pool)}[${index}]`;
      const size = valueBytes === undefined ? '' : ` (${valueBytes} bytes)`;
      return `${place}${key === undefined ? '' : ` '${key}'`}${values && value !== undefined ? ` = '${value}'` : size}`;
    }
    case 'get-ip-info':
    case 'set-ip-info':
      return `${event.adapter}${values && event.value ? ` ${JSON.stringify(event.value)}` : ''}`;
    case 'refused':
      return event.reason;
  }
}

function versionOf(integrationServices: string): string {
  return integrationServices === '' ? '' : `, integration services ${printable(integrationServices)}`;
}

function when(at: string, output: Output): string {
  return paint(output, 'dim', at);
}
