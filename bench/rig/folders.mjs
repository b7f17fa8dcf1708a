import { join, resolve } from 'node:path';

const checkout = resolve(import.meta.dirname, '../..');

/** Sources of what is compiled for a benchmark, and where it is put. */
export const peerSources = join(checkout, 'bench/peer');
export const peers = join(checkout, 'build/bench');

/** What users run: the program, and before it what its launcher is called with. */
export const daemonProgram = /** @type {const} */ ([
  join(checkout, 'build/Release/launcher'),
  'service',
  join(checkout, 'dist/bin/hv_kvp_daemon.js'),
  'hv_kvp_daemon',
]);

/** The guest test's folder of downloads, compiled. */
export const guestMachine = join(checkout, 'build/guest/test/lab/guest/machine');

/** The C daemon knows no other; in a private machine it is a tmpfs, and everything else of a run is in it too. */
export const stockPools = '/var/lib/hyperv';
