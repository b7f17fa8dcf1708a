import { chmodSync, existsSync, linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePrivately } from '../../../src/ip-information/durable-file.ts';
import { trustedWith } from '../../../src/ip-information/record-schema.ts';
import { type ChangeRecord, readRecord } from '../../../src/ip-information/record.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const trusted = trustedWith('/usr/libexec/hypervkvpd/hv_set_ifconfig');
const record: ChangeRecord = {
  adapter: 'eth0',
  backEnd: 'networkd',
  saved: [
    { path: '/etc/systemd/network/a.network', former: null, digest: 'a' },
    { path: '/etc/resolv.conf', former: { bytes: 'é', mode: 0o644, owner: 0, group: 0 }, digest: null },
  ],
  former: {
    dhcp: undefined,
    addresses: [{ family: 'ipv4', cidr: '10.0.0.4/24', isDynamic: false, isDuplicate: false }],
    gateways: ['10.0.0.1'],
    dnsServers: [],
    isUp: true,
    isDisconnected: false,
  },
  undo: { before: [], commands: [{ program: 'networkctl', args: ['reload'], judgedBy: 'nothing' }] },
};

function pathOf(text: string): string {
  const path = join(temporaryFolder(), 'ip-injection.json');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe('the record of a change', () => {
  it('is read as it was written', () => {
    const path = join(temporaryFolder(), 'ip-injection.json');
    expect(readRecord(path, trusted)).toBeUndefined();
    writePrivately(path, record);
    expect(readRecord(path, trusted)).toEqual(record);
  });

  const withSaved = (path: string) => ({ ...record, saved: [{ path, former: null, digest: 'a' }] });
  const withProgram = (program: string) => ({
    ...record,
    undo: { before: [], commands: [{ program, args: ['/etc/planted'] }] },
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a list', []],
    ['half of one', { adapter: 'eth0' }],
    ['a program that no back end has', withProgram('touch')],
    ['a path for a program', withProgram('/tmp/ifup')],
    ['a file of something else', withSaved('/etc/shadow')],
    ['a file that is reached by a detour', withSaved('/etc/network/../shadow')],
    ['more than a record has', { ...record, also: 1 }],
  ])('is put aside, and not carried out, if it is %s', (_, planted) => {
    const path = pathOf(JSON.stringify(planted));
    expect(() => readRecord(path, trusted)).toThrow('EBADMSG');
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.unreadable`)).toBe(true);
  });

  it('is put aside if others can write it, or it has another name, or is a link', () => {
    const open = pathOf(JSON.stringify(record));
    chmodSync(open, 0o666);
    const linked = pathOf(JSON.stringify(record));
    linkSync(linked, `${linked}.other`);
    const symbolic = join(temporaryFolder(), 'ip-injection.json');
    symlinkSync(pathOf(JSON.stringify(record)), symbolic);
    for (const path of [open, linked, symbolic]) expect(() => readRecord(path, trusted)).toThrow('EBADMSG');
  });
});
