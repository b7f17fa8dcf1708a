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
  const programs = [];
  for (const name of /** @type {const} */ (['ours', 'C'])) {
    programs.push(await start(name, { records: 0, cpu: undefined }));
  }
  const node = startIdleNode();
  const [ours, stock, idle] = await Promise.all(
    [...programs.map(({ channel }) => channel.pid), node.pid].map(memoryOf),
  );
  node.end();
  for (const program of programs) await program.close();
  const kinds = /** @type {const} */ ([
    ['RSS', 'rssMb', undefined],
    ['private', 'privateMb', processTargets.privateMb],
    ['its share (PSS)', 'pssMb', undefined],
  ]);
  return {
    title: 'Memory after the start with an empty pool, MB',
    columns: ['', 'ours', 'C', 'idle node', 'more than it', 'target', ''],
    rows: kinds.map(([kind, key, target]) => {
      const [own, others, nodes] = [ours, stock, idle].map((memory) => memory?.[key] ?? NaN);
      const more = Number(own) - Number(nodes);
      return [kind, Number(own), Number(others), Number(nodes), more, target ?? '', verdict(more, target)];
    }),
  };
}

/** Once it does not change any more. @param {number} pid */
export async function memoryOf(pid) {
  return { rssMb: await settledRssMb(pid), ...memoryShares(pid) };
}
