import assert from 'node:assert/strict';
import { readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { poolFile } from '../../guest/checks/pool-file.ts';
import { type Lab, log, property, shell, unit } from './lab.ts';
import { assertRootKeyIsGone, withRootKey } from './root-key.ts';

const helperUnit = 'hyperv-kvp-helper';
const configuration = '/etc/hyperv-kvp.toml';
const ok = { status: Status.ok };
/** systemd lets a socket's service fail 20 times in 2 s, and then closes the socket for good. */
const failures = 25;
/** 9229, as the kernel's table has it. */
const debuggersPort = /:240D /;
/** The start of a helper, on an emulated processor of a busy machine. */
const helperMs = 120_000;
/** More than the socket of a log holds while nobody reads: systemd gives it 8 MB, and each line takes more than a kilobyte of it. */
const loggedRequests = 8000;

/** What a process inherits from root's shell, and what goes wrong around the service, as the package installs it. */
export async function checkBadDays(lab: Lab): Promise<void> {
  await checkStartByHand(lab);

  await lab.check('a helper that cannot start costs only what needs it, and serves again once it can', async () => {
    const before = await property('MainPID');
    const folder = `/run/systemd/system/${helperUnit}.service.d`;
    await shell(`systemctl stop ${helperUnit}.service; mkdir -p ${folder}`);
    await writeFile(`${folder}/broken.conf`, '[Service]\nExecStart=\nExecStart=/bin/false\n');
    await shell('systemctl daemon-reload');
    await rm(poolFile(PoolNumber.guest));
    for (let round = 0; round < failures; round += 1) {
      assert.deepEqual(await lab.host.set(PoolNumber.guest, 'key', 'value'), { status: Status.fail });
    }
    assert.equal(await property('ActiveState', `${helperUnit}.socket`), 'active');
    await rm(folder, { recursive: true });
    await shell(`systemctl daemon-reload; systemctl reset-failed ${helperUnit}.service || :`);
    await eventually(async () => {
      assert.deepEqual(await lab.host.set(PoolNumber.guest, 'key', 'value'), ok);
    }, helperMs);
    assert.equal(await property('MainPID'), before);
  });

  await lab.check(
    'no variable of systemd’s and no signal opens a door of Node’s, and pidof finds the daemon',
    async () => {
      await shell('systemctl set-environment NODE_OPTIONS=--inspect=127.0.0.1:9229');
      await shell(`systemctl restart ${unit}; systemctl unset-environment NODE_OPTIONS`);
      await lab.assertServes();
      const pid = await property('MainPID');
      for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) process.kill(Number(pid), signal);
      await lab.assertServes();
      await eventually(async () => {
        for (const ignored of [/SIGUSR1 is ignored/, /SIGUSR2 is ignored/]) assert.match(await log(), ignored);
      });
      assert.doesNotMatch(await readFile('/proc/net/tcp', 'utf8'), debuggersPort);
      assert.equal(await shell('pidof hv_kvp_daemon'), pid);
      assert.equal(await property('MainPID'), pid);
    },
  );

  await lab.check('a hostname(1) that cannot be executed costs only the domain', async () => {
    const path = await shell('readlink -f "$(command -v hostname)"');
    await shell(`mv ${path} ${path}.away; ln -s hostname ${path}; systemctl restart ${unit}`);
    await lab.assertServes();
    assert.equal(await property('NRestarts'), '0');
    await shell(`mv ${path}.away ${path}`);
  });

  await lab.check(
    'a journal that stands still delays neither an answer nor the end, and learns what it has missed',
    async () => {
      await shell(`echo 'log_level = "debug"' > ${configuration}; systemctl reload ${unit}`);
      await signalJournal('STOP');
      for (let request = 0; request < loggedRequests; request += 1) await lab.assertServes();
      await signalJournal('CONT');
      await eventually(async () => {
        await lab.assertServes();
        assert.match(await log(), /log lines were lost/);
      });
      await signalJournal('STOP');
      const pid = await property('MainPID');
      process.kill(Number(pid), 'SIGTERM');
      await eventually(async () => {
        await assert.rejects(readFile(`/proc/${pid}/stat`));
      });
      await signalJournal('CONT');
      await shell(`rm ${configuration}; systemctl restart ${unit}`);
      await lab.assertServes();
    },
  );
}

function signalJournal(signal: string): Promise<string> {
  return shell(`systemctl kill --signal=${signal} systemd-journald.service`);
}

/** As root starts the stock daemon: in a shell, with what that has open and in its environment. */
async function checkStartByHand(lab: Lab): Promise<void> {
  await lab.check('a daemon that root starts in a shell keeps nothing of it, and its helper neither', async () => {
    await shell(`systemctl stop ${unit} ${helperUnit}.socket ${helperUnit}.service`);
    await writeFile('/root/loaded.cjs', "require('node:fs').writeFileSync('/root/loaded', '')");
    await writeFile('/root/openssl.cnf', 'openssl_conf = [broken');
    const environment = 'NODE_OPTIONS=--require=/root/loaded.cjs OPENSSL_CONF=/root/openssl.cnf SECRET=of-root';
    const start = `exec 9</etc/shadow; cd /root; ${await withRootKey('hv_kvp_daemon')}; echo "status $?"`;
    const shown = await shell(`env ${environment} script --quiet --return --command '${start}' /dev/null < /dev/null`);
    assert.match(shown, /1\s+status 0/);
    await lab.assertServes();
    await assertRootKeyIsGone();
    const daemon = await shell('pgrep -x hv_kvp_daemon');
    const uid = await shell('id -u hyperv-kvp');
    assert.match(await readFile(`/proc/${daemon}/status`, 'utf8'), new RegExp(`^Uid:\t${uid}\t`, 'm'));
    await assertInheritsNothing(daemon);
    const helper = await shell(`pgrep -P ${daemon} || pgrep -f '[h]yperv-kvp-helper'`);
    // It resolves the paths of its command line before it leaves the folder.
    await eventually(() => assertInheritsNothing(helper));
    assert.deepEqual(
      (await readdir('/root')).filter((name) => name === 'loaded'),
      [],
    );
    await shell(`kill ${daemon}`);
    await eventually(async () => {
      assert.equal(await shell('pgrep -f "[h]yperv-kvp-helper|[h]v_kvp_daemon" || :'), '');
    });
    await shell(`systemctl start ${unit}`);
    await lab.assertServes();
    assert.doesNotMatch(await log(), /error/);
  });
}

async function assertInheritsNothing(pid: string): Promise<void> {
  const [, , , , terminal] = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  assert.equal(terminal, '0');
  assert.equal(await readlink(`/proc/${pid}/cwd`), '/');
  assert.doesNotMatch(await readFile(`/proc/${pid}/environ`, 'utf8'), /NODE_OPTIONS|OPENSSL_CONF|SECRET/);
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const files = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`)));
  assert.deepEqual(
    files.filter((file) => file === '/etc/shadow' || file.startsWith('/dev/pts/')),
    [],
  );
}
