import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const hello = '{"type":"hello","protocol":1,"version":"1.2.3","pid":1}\n';
const at = '2026-01-02T03:04:05.678Z';

describe('hvkvp decode', () => {
  it.each([
    ['another file', 'text\n', ':1: '],
    ['JSON that is no recording', '{}\n', ':1: '],
    ['a later version', hello.replace('1', '2'), ':1: '],
    ['a line that is no event', `${hello}{"type":"transaction"}\n`, ':2: '],
    ['a line that is cut off', `${hello}{"type":"lo`, ':2: '],
    ['nothing', '', 'the file is empty'],
  ])('ends with status 2 for %s, and names the line', async (_, text, problem) => {
    const file = join(temporaryFolder(), 'recording');
    writeFileSync(file, text);
    const { status, stderr } = await hvkvp(['decode', file]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${file}${problem.startsWith(':') ? problem : ''}`);
    expect(stderr).toContain(problem);
  });

  it('ends with status 3 if there is no such file', async () => {
    expect(await hvkvp(['decode', '/nonexistent'])).toMatchObject({ status: 3, stdout: '' });
  });

  it('shows every kind of event', async () => {
    const file = join(temporaryFolder(), 'recording');
    const events = [
      { type: 'registered', at, integrationServices: '3.1' },
      { type: 'transaction', at, operation: 'get', pool: 1, key: 'key', status: 'noMoreItems', durationUs: 7 },
      {
        type: 'transaction',
        at,
        operation: 'enumerate',
        pool: 2,
        index: 3,
        key: 'k',
        valueBytes: 2,
        status: 'ok',
        durationUs: 12345,
      },
      {
        type: 'transaction',
        at,
        operation: 'set-ip-info',
        adapter: '{guid}',
        status: 'fail',
        durationUs: 2500000,
        isLate: true,
      },
      { type: 'lost', at, trouble: 'the driver is gone' },
      { type: 'dropped', count: 5 },
    ];
    writeFileSync(file, hello + events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    expect((await hvkvp(['decode', file])).stdout).toBe(
      [
        `${at}  registered, integration services 3.1`,
        `${at}  get          no more items       7 µs  guest 'key'`,
        `${at}  enumerate    ok               12.3 ms  auto[3] 'k' (2 bytes)`,
        `${at}  set-ip-info  fail               2.5 s  {guid}  too late: the driver had answered the host itself`,
        `${at}  device lost: the driver is gone`,
        '5 events skipped: this reader was too slow',
        '',
      ].join('\n'),
    );
  });
});
