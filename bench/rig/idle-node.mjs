import { spawn } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import { usage } from './usage.mjs';

const betweenLooksMs = 200;
const steadyKb = 64;

/** Memory of a Node that does nothing: what ours is compared with. */
export async function idleNodeRssKb() {
  const node = spawn(process.execPath, ['-e', 'setInterval(()=>{},1e9)'], { stdio: 'ignore' });
  const { pid } = node;
  if (pid === undefined) throw new Error(`cannot start ${process.execPath}`);
  const rssKb = await settledRssKb(pid);
  node.kill();
  return rssKb;
}

/** Memory of a process as soon as it does not change any more. @param {number} pid */
export async function settledRssKb(pid) {
  let last = 0;
  for (;;) {
    await after(betweenLooksMs);
    const { rssKb } = usage(pid);
    if (Math.abs(rssKb - last) < steadyKb && rssKb > 0) return rssKb;
    last = rssKb;
  }
}
