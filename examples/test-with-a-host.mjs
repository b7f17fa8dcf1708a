// Plays a Hyper-V host for a daemon, as a test of a program that uses the pools does: test-with-a-host.mjs.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPool, PoolNumber, startSimulator } from 'hyperv-kvp';

const folder = await mkdtemp(join(tmpdir(), 'hyperv-kvp-example-'));
const device = join(folder, 'device');
const simulator = startSimulator({ system: 'linux', path: device });
const program = join(fileURLToPath(import.meta.resolve('hyperv-kvp/package.json')), '../dist/bin/hv_kvp_daemon.js');
const words = ['-n', '--platform', 'linux', '--device', device, '--pool-dir', folder];
const daemon = spawn(process.execPath, [program, ...words], { stdio: 'ignore' });
const { host } = simulator;
await host.negotiate();
await simulator.daemonConnected();

await host.set(PoolNumber.external, 'Owner', 'Grace Hopper');
const external = await openPool('external', { directory: folder });
console.log(`the guest reads Owner = ${await external.get('Owner')}`);
external.close();

const guest = await openPool('guest', { directory: folder });
await guest.set('BackupState', 'done');
guest.close();
console.log(`the host reads BackupState = ${(await host.get(PoolNumber.guest, 'BackupState')).value}`);

daemon.kill();
simulator.close();
await rm(folder, { recursive: true });
