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
      assert.match(await query('--requires'), /^nodejs >= 20$/m);
      const scripts = await query('--scripts');
      for (const command of ['systemctl enable', 'systemctl stop', 'hvkvp list', 'rm -rf /var/lib/hyperv-kvp']) {
        assert.ok(scripts.includes(command), command);
      }
    },
    nothing,
  );

  await outcomes.check(
    'the RPM has the files of the Debian package',
    async () => {
      const entries = (await run('dpkg-deb', ['--contents', debianPackage])).split('\n');
      const ofDebian = entries.filter((entry) => entry.startsWith('-')).map((entry) => entry.split(' ./').at(-1) ?? '');
      const ofRpm = (await query('--list')).split('\n');
      const missing = ofDebian.filter((path) => !isOfOneSystem(path) && !ofRpm.includes(`/${path}`));
      assert.deepEqual(missing, []);
    },
    nothing,
  );
  return outcomes.tally;
}

function isOfOneSystem(path: string): boolean {
  return /^usr\/share\/(zsh|doc\/hyperv-kvp\/(changelog\.gz|copyright|sbom\.cdx\.json)$)/.test(path);
}
