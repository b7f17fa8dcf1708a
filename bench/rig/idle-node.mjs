import { spawn } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import { usage } from './usage.mjs';

const betweenLooksMs = 200;
const steadyMb = 0.1;

/** A Node that does nothing: what ours is compared with. */
export function startIdleNode() {
  const node = spawn(process.execPath, ['-e', 'setInterval(()=>{},1e9)'], { stdio: 'ignore' });
  const { pid } = node;
  if (pid === undefined) throw new Error(`cannot start ${process.execPath}`);
  return { pid, end: () => node.kill() };
}

/** Memory of a process as soon as it does not change any more. @param {number} pid */
export async function settledRssMb(pid) {
  let last = NaN;
  for (;;) {
    await after(betweenLooksMs);
    const { rssMb } = usage(pid);
    if (Math.abs(rssMb - last) < steadyMb) return rssMb;
    last = rssMb;
  }
}
