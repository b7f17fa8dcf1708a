import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { simulated } from '../../support/simulated.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the full name that the host is told', () => {
  it('follows /etc/hosts, as after a domain join', async () => {
    needs(namespaces);
    const { host, path } = simulated('linux');
    const hosts = join(temporaryFolder(), 'hosts');
    const called = (name: string): void => {
      writeFileSync(hosts, `127.0.0.1 localhost\n127.0.1.1 ${name} guest\n`);
    };
    called('guest.example.com');
    const script = 'hostname guest && mount --bind "$0" /etc/hosts && exec "$@"';
    const program = [
      'unshare',
      '--mount',
      '--uts',
      'sh',
      '-c',
      script,
      hosts,
      process.execPath,
      daemonProgram,
    ] as const;
    const words = ['--device', path, '--pool-dir', temporaryFolder(), '--control-socket', ''];
    const daemon = new DaemonProcess(words, {}, program);
    await daemon.living(host.negotiate());
    const isTold = async (name: string): Promise<void> => {
      const told = await host.get(2, 'FullyQualifiedDomainName');
      if (told.status !== Status.ok || told.value !== name) await isTold(name);
    };
    await isTold('guest.example.com');
    called('guest.example.org');
    await isTold('guest.example.org');
    expect(daemon.process.exitCode).toBeNull();
  });
});
