import { settledRssMb, startIdleNode } from './rig/idle-node.mjs';
import { start } from './rig/programs.mjs';
import { memoryShares } from './rig/usage.mjs';
import { processTargets, verdict } from './targets.mjs';

/**
 * Memory with an empty pool, after the start, against that of a Node that does nothing. Much of the RSS is Node's own program, which the
 * system shares and can drop; what is private cannot be had back.
 * @returns {Promise<import('./table.mjs').Table>}
 */
export async function startMemoryTable() {
  const program = await start('ours', { records: 0, cpu: undefined });
  const node = startIdleNode();
  /** @param {number} pid */
  const memoryOf = async (pid) => ({ rssMb: await settledRssMb(pid), ...memoryShares(pid) });
  const ours = await memoryOf(program.channel.pid);
  const idle = await memoryOf(node.pid);
  node.end();
  await program.close();
  const kinds = /** @type {const} */ ([
    ['RSS', 'rssMb', processTargets.rssMb],
    ['private', 'privateMb', processTargets.privateMb],
    ['its share (PSS)', 'pssMb', undefined],
  ]);
  return {
    title: 'Memory after the start with an empty pool, MB',
    columns: ['', 'ours', 'idle node', 'more', 'target', ''],
    rows: kinds.map(([kind, key, target]) => {
      const more = ours[key] - idle[key];
      return [kind, ours[key], idle[key], more, target ?? '', verdict(more, target)];
    }),
  };
}
