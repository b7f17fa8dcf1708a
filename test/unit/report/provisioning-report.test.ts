import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReport, type ProvisioningReport } from '../../../src/report/provisioning-report.ts';
import { vmIdOf } from '../../../src/report/vm-id.ts';

const given: ProvisioningReport = {
  result: 'error',
  agent: 'test/1.0',
  vmId: '00000000-0000-0000-0000-000000000abc',
  timestamp: new Date('2026-06-17T00:00:00Z'),
  reason: 'boom',
  documentationUrl: 'https://aka.ms/linuxprovisioningerror',
  supporting: [['step', '2']],
};

/** What cloud-init does: a row of Python's csv with these characters, without its end. */
const pythonRows = `
import csv, io, json, sys
for fields in json.load(sys.stdin):
    row = io.StringIO()
    csv.writer(row, delimiter="|", quotechar="'", quoting=csv.QUOTE_MINIMAL).writerow(fields)
    print(json.dumps(row.getvalue().rstrip("\\r\\n")))
`;

describe('a provisioning report', () => {
  it('of an error has the fields in cloud-init’s order', () => {
    expect(encodeReport(given)).toBe(
      'result=error|reason=boom|agent=test/1.0|step=2|vm_id=00000000-0000-0000-0000-000000000abc' +
        '|timestamp=2026-06-17T00:00:00.000+00:00|documentation_url=https://aka.ms/linuxprovisioningerror',
    );
  });

  it('of a success has no reason, and its fields in cloud-init’s order', () => {
    expect(encodeReport({ ...given, result: 'success' })).toBe(
      'result=success|agent=test/1.0|timestamp=2026-06-17T00:00:00.000+00:00|vm_id=00000000-0000-0000-0000-000000000abc|step=2',
    );
  });

  it('has the kind of preparation where azure-init has it', () => {
    expect(encodeReport({ ...given, ppsType: 'None' })).toContain('|step=2|pps_type=None|vm_id=');
    expect(encodeReport({ ...given, result: 'success', ppsType: 'Running' })).toContain(
      '|agent=test/1.0|pps_type=Running|',
    );
  });

  it('is written as Python’s csv writes it for cloud-init, whatever is in its fields', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', "'", '|', '"', ',', '\n', '\r', ' ', 'é', '='),
      maxLength: 12,
    });
    const samples = fc.sample(fc.record({ reason: text, agent: text, step: text }), { numRuns: 300, seed: 1 });
    const rows = samples.map(({ reason, agent, step }) => [
      ...['result=error', `reason=${reason}`, `agent=${agent}`, `step=${step}`],
      ...[
        `vm_id=${given.vmId}`,
        'timestamp=2026-06-17T00:00:00.000+00:00',
        `documentation_url=${given.documentationUrl ?? ''}`,
      ],
    ]);
    const theirs = execFileSync('python3', ['-c', pythonRows], { input: JSON.stringify(rows), encoding: 'utf8' });
    const ours = samples.map(({ reason, agent, step }) =>
      encodeReport({ ...given, reason, agent, supporting: [['step', step]] }),
    );
    expect(ours).toEqual(
      theirs
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    );
  });

  it('is cut where it is long, and keeps who and what it is about', () => {
    const text = encodeReport({ ...given, reason: "it's é ".repeat(400) });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1022);
    expect(Buffer.byteLength(text)).toBeGreaterThan(600);
    expect(text).toMatch(
      /^result=error\|'reason=it''s é .*'\|agent=test\/1\.0\|step=2\|vm_id=.*abc\|timestamp=.*error$/,
    );
    expect(text).not.toContain('\uFFFD');
  });
});

describe('the identity of the virtual machine', () => {
  it('has its first groups the other way round where the firmware is no UEFI', () => {
    const uuid = '550e8400-e29b-41d4-a716-446655440000';
    expect(vmIdOf({ uuid, isUefi: false })).toBe('00840e55-9be2-d441-a716-446655440000');
    expect(vmIdOf({ uuid, isUefi: true })).toBe(uuid);
  });

  it('is what the firmware says if that is no UUID', () => {
    expect(vmIdOf({ uuid: 'not-a-uuid', isUefi: false })).toBe('not-a-uuid');
    expect(vmIdOf({ uuid: '', isUefi: false })).toBe('');
  });
});
