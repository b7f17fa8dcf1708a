import { setTimeout as sleep } from 'node:timers/promises';
import { unlessFails } from '../device/system-error.ts';
import { thisMachine } from '../platform/machine.ts';
import { processesWith } from '../platform/processes.ts';
import { programFolder } from './program-folder.ts';

const pauseMs = 50;
/** Longer than the helper takes to undo a change of addresses. */
const patienceMs = 20_000;

/**
 * Ends this package's daemons, whoever has started them, and waits until their helpers have ended, too: those notice the end of
 * the daemon, and finish what they are doing. A process that takes too long is killed.
 */
export async function endPrograms(): Promise<void> {
  const [daemon, helper] = ['hv_kvp_daemon', 'hyperv-kvp-helper'].map((name) => `${programFolder}/${name}.js`);
  const running = (...programs: readonly (string | undefined)[]): readonly number[] =>
    processesWith(thisMachine, programs).filter((pid) => pid !== process.pid);
  for (const pid of running(daemon)) send(pid, 'SIGTERM');
  const deadline = performance.now() + patienceMs;
  for (let left = running(daemon, helper); left.length > 0; left = running(daemon, helper)) {
    if (performance.now() > deadline) for (const pid of left) send(pid, 'SIGKILL');
    await sleep(pauseMs);
  }
}

/** To a process that may have ended by itself. */
function send(pid: number, signal: NodeJS.Signals): void {
  unlessFails(() => process.kill(pid, signal), 'ESRCH');
}
