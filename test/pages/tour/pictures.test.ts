import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { doctor } from '../../../src/hvkvp/doctor/doctor.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { patient, pid, systemctl, unit } from '../../unit/hvkvp/doctor/support/guest.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { touredGuest } from './guest.ts';
import { terminalPicture } from './terminal-picture.ts';
import { overviewPicture } from './overview-picture.ts';
import { keptIfUnchanged } from './unchanged.ts';

const width = 100;

/** `npm run docs -- pictures` draws it anew. */
async function expectPicture(command: string, shown: string): Promise<void> {
  const file = join(import.meta.dirname, '../../../docs/pictures', `${command.split(' ')[1] ?? ''}.svg`);
  const fresh = terminalPicture(command, shown, width);
  const drawn = existsSync(file) ? readFileSync(file, 'utf8') : '';
  await expect(keptIfUnchanged(drawn, fresh)).toMatchFileSnapshot(file);
}

it('the picture of the monitor is of what it shows', async () => {
  const { run, host, simulator } = await touredGuest();
  const command = 'hvkvp monitor --values';
  const monitor = run(command);
  const unseen = 'is anybody there';
  while (!monitor.shown.includes(unseen)) await host.get(PoolNumber.external, unseen);
  await host.set(PoolNumber.guest, 'AppVersion', '1.4.2');
  await host.set(PoolNumber.external, 'Owner', 'Grace Hopper');
  await host.enumerate(PoolNumber.guest);
  await host.getIpInfo('00:15:5D:FF:FF:FF');
  simulator.rescind();
  simulator.offer();
  await simulator.daemonConnected();
  await host.negotiate();
  await host.get(PoolNumber.guest, 'AppVersion');
  await host.delete(PoolNumber.external, 'Owner');
  await monitor.shows('delete');
  const lines = monitor.shown.split('\n').filter((line) => !line.includes(unseen));
  await expectPicture(command, lines.join('\n'));
});

it('the picture of the doctor is of what it prints of a guest where the stock daemon has the device', async () => {
  const { machine, settings } = await patient('linux', {
    files: { [`/proc/${pid}/cmdline`]: '/usr/sbin/hv_kvp_daemon\0-n\0' },
    commands: {
      [systemctl]: [
        unit('hv_kvp_daemon.service', 'enabled', 'active'),
        unit('hyperv-kvp.service', 'disabled', 'inactive'),
      ].join('\n'),
    },
    prepare: (pools) => {
      chmodSync(join(pools, '.kvp_pool_1'), 0o644);
    },
  });
  const shown: string[] = [];
  await doctor({
    machine,
    settings: { ...settings, controlSocket: join(temporaryFolder(), 'control') },
    output: {
      ...{ isTerminal: true, hasColours: true, width, json: false },
      write: (text) => shown.push(String(text)),
    },
  });
  await expectPicture('hvkvp doctor', shown.join(''));
});

it('the picture of the parts is drawn from their list', async () => {
  await expect(overviewPicture()).toMatchFileSnapshot(join(import.meta.dirname, '../../../docs/pictures/overview.svg'));
});
