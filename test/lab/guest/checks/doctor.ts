import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Diagnosis } from '../../../../src/hvkvp/doctor/examine.ts';
import { checkout } from '../machine/folders.ts';
import type { Lab } from './lab.ts';
import { answer, ask, assertServes } from './question.ts';

/** What `hvkvp doctor` makes of the real driver and of who is at it. */
export async function checkDoctor(lab: Lab): Promise<void> {
  await lab.check('hvkvp doctor finds the driver, the service, the device and who has it open', async () => {
    await assertServes(lab);
    const found = await examine();
    for (const name of ['hypervisor', 'driver', 'data-exchange', 'device']) expectState(found, name, 'ok');
    const daemon = found.get('daemon')?.found ?? '';
    assert.match(daemon, new RegExp(`: process ${lab.daemon.pid ?? ''} \\(hv_kvp_daemon\\), as root$`));
    if (daemon.startsWith('the stock daemon')) return;
    for (const name of ['daemon', 'registration', 'requests', 'clock', 'pool-files', 'addresses']) {
      expectState(found, name, 'ok');
    }
    await assertServes(lab);
  });

  await lab.check(
    'hvkvp doctor opens an idle device, and a request that waits for a daemon goes on waiting',
    async () => {
      await lab.stopDaemon();
      const reply = ask(lab);
      const found = await examine();
      expectState(found, 'device', 'ok');
      assert.equal(found.get('daemon')?.found, 'no daemon has the device open');
      lab.startDaemon();
      assert.deepEqual(await reply, answer);
    },
  );

  await lab.check('hvkvp doctor tells that the host does not offer the service', async () => {
    await lab.channel.withdraw();
    const found = await examine();
    expectState(found, 'driver', 'ok');
    expectState(found, 'data-exchange', 'problem');
    expectState(found, 'device', 'skipped');
    await lab.channel.offer();
    await assertServes(lab);
  });
}

/** The findings by the names of the checks. */
async function examine(): Promise<ReadonlyMap<string, Diagnosis>> {
  const program = join(checkout, 'dist/bin/hvkvp.js');
  const output = await new Promise<string>((resolve) => {
    // Its status is 1 here: nothing in the guest starts daemons.
    execFile(process.execPath, [program, 'doctor', '--json'], (_, stdout) => {
      resolve(stdout);
    });
  });
  const { checks } = JSON.parse(output) as { checks: readonly Diagnosis[] };
  return new Map(checks.map((diagnosis) => [diagnosis.check, diagnosis]));
}

function expectState(found: ReadonlyMap<string, Diagnosis>, name: string, state: Diagnosis['state']): void {
  const diagnosis = found.get(name);
  assert.equal(diagnosis?.state, state, `${name}: ${diagnosis?.found ?? 'not told'}`);
}
