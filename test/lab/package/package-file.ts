import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { Outcomes, type Tally } from '../guest/checks/outcomes.ts';
import { checkout } from '../guest/machine/folders.ts';
import { run } from '../guest/machine/program.ts';

const lintianTimeoutMs = 600_000;
const nothing = (): string => '';

/** What can be seen of a Debian package without installing it. */
export async function checkDebianPackage(file: string): Promise<Tally> {
  const outcomes = new Outcomes(lintianTimeoutMs);

  await outcomes.check(
    `lintian has nothing to say about ${basename(file)}`,
    async () => {
      const said = await run('lintian', ['--allow-root', '--fail-on=none', '--tag-display-limit=0', file]);
      assert.equal(said, '');
    },
    nothing,
  );
  return outcomes.tally;
}

/** Builds the RPM package; reads it and compares it with the Debian package that depends on a Node of the system, too. */
export async function checkRpm(debianPackage: string): Promise<Tally> {
  const outcomes = new Outcomes(lintianTimeoutMs);
  let file = '';
  const query = (what: string): Promise<string> => run('rpm', ['--query', '--package', what, file]);

  await outcomes.check(
    'the RPM needs the system’s Node, and takes care of the service and of the journals',
    async () => {
      file = (await run('node', [join(checkout, 'packaging/rpm/build.mjs')])).trim();
      const needed = (await query('--requires')).split('\n').filter((name) => name.includes('nodejs'));
      assert.match(
        needed.join('\n'),
        /^\(\(nodejs\(engine\) >= [\d.]+ with nodejs\(engine\) < \d+\) or nodejs\(engine\) >= [\d.]+\)$/,
      );
      const scripts = await query('--scripts');
      for (const command of ['systemctl preset', 'systemctl stop', 'hvkvp recover', 'rmdir "$state"']) {
        assert.ok(scripts.includes(command), command);
      }
    },
    nothing,
  );

  await outcomes.check(
    'the RPM’s unit starts the daemon as hypervkvpd, which Azure Linux’s tests look for; the Debian package’s as hv_kvp_daemon',
    async () => {
      const format = '[%{FILENAMES} %{FILELINKTOS}\\n]';
      const links = await run('rpm', ['--query', '--package', '--queryformat', format, file]);
      assert.match(links, /^\/usr\/sbin\/hypervkvpd hv_kvp_daemon$/m);
      const ofRpm = await run('sh', [
        '-c',
        `rpm2cpio "$1" | cpio --quiet -i --to-stdout '*/hypervkvpd.service'`,
        'sh',
        file,
      ]);
      assert.match(ofRpm, /^ExecStart=\/usr\/sbin\/hypervkvpd -n$/m);
      assert.doesNotMatch(ofRpm, /sbin\/hv_kvp_daemon/);
      const ofDebian = await run('sh', [
        ...['-c', `dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*/hv-kvp-daemon.service'`, 'sh'],
        debianPackage,
      ]);
      assert.match(ofDebian, /^ExecStart=\/usr\/sbin\/hv_kvp_daemon -n$/m);
    },
    nothing,
  );

  await outcomes.check(
    'the RPM has the files of the Debian package',
    async () => {
      const entries = (await run('dpkg-deb', ['--contents', debianPackage])).split('\n');
      const ofDebian = entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.split(' ./').at(-1) ?? '');
      // Red Hat's policy for SELinux lets a service run what is in /usr/libexec.
      const ofRpm = (await query('--list')).split('\n');
      const missing = ofDebian.filter(
        (path) =>
          !isOfOneSystem(path) &&
          !ofRpm.includes(`/${path.replace(/^usr\/lib\/hyperv-kvp\//, 'usr/libexec/hyperv-kvp/')}`),
      );
      assert.deepEqual(missing, []);
    },
    nothing,
  );
  return outcomes.tally;
}

function isOfOneSystem(path: string): boolean {
  return /^usr\/share\/(zsh|lintian\/|doc\/hyperv-kvp\/(changelog\.gz|copyright|sbom\.cdx\.json)$)/.test(path);
}
