import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const packaging = join(import.meta.dirname, '../../../packaging');
const stock = [
  '/usr/sbin/hv_kvp_daemon',
  '/usr/libexec/hypervkvpd/hv_get_dhcp_info',
  '/usr/libexec/hypervkvpd/hv_get_dns_info',
  // Under its other name too, by which releases with separate folders have it.
  '/usr/lib/systemd/system/hv-kvp-daemon.service',
  '/lib/systemd/system/hv-kvp-daemon.service',
];

/** What a script of dpkg's would have other programs do; none is run. */
function callsOf(script: string, word: string): readonly string[] {
  const folder = temporaryFolder();
  const log = join(folder, 'calls');
  const programs = ['dpkg-divert', 'deb-systemd-helper', 'deb-systemd-invoke', 'systemctl', 'deluser', 'userdel', 'rm'];
  mkdirSync(join(folder, 'bin'));
  for (const name of programs) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\necho "${name} $*" >> ${log}\n`, { mode: 0o755 });
  }
  const text = readFileSync(join(packaging, 'debian/control', script), 'utf8');
  writeFileSync(join(folder, 'script'), text.replaceAll(/(?<![\w/])\/(?:run|var\/lib)\//g, `${folder}/`));
  const { status, stderr } = spawnSync('/bin/sh', [join(folder, 'script'), word], {
    encoding: 'utf8',
    env: { PATH: join(folder, 'bin') },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
}

describe('the package for Debian', () => {
  const divert = (deed: string, file: string): string =>
    `dpkg-divert --package hyperv-kvp --divert ${file}.stock --rename ${deed} ${file}`;

  it.each(['install', 'upgrade'])('puts the stock daemon, its helpers and its unit aside at %s', (word) => {
    expect(callsOf('preinst', word)).toEqual(stock.map((file) => divert('--add', file)));
  });

  it('puts the same back when it goes', () => {
    const calls = callsOf('postrm', 'remove').filter((call) => call.startsWith('dpkg-divert'));
    expect(calls).toEqual(stock.map((file) => divert('--remove', file)));
  });

  it('keeps its user when it is purged, whose number would be the next one’s', () => {
    expect(callsOf('postrm', 'purge').filter((call) => /^(?:deluser|userdel)/.test(call))).toEqual([]);
  });
});

it('the RPM keeps its user when it goes, whose number would be the next one’s', () => {
  expect(readFileSync(join(packaging, 'rpm/scriptlets'), 'utf8')).not.toMatch(/deluser|userdel/);
});
