import { idleNodeRssMb, settledRssMb } from './rig/idle-node.mjs';
import { start } from './rig/programs.mjs';
import { processTargets, verdict } from './targets.mjs';

/** Memory with an empty pool, after the start, against that of a Node that does nothing. @returns {Promise<import('./table.mjs').Table>} */
export async function startMemoryTable() {
  const program = await start('ours', { records: 0, cpu: undefined });
  const ours = await settledRssMb(program.channel.pid);
  await program.close();
  const node = await idleNodeRssMb();
  const more = ours - node;
  return {
    title: 'Memory after the start with an empty pool (RSS), MB',
    columns: ['', 'MB', 'beyond idle node', 'target', ''],
    rows: [
      ['ours', ours, more, processTargets.rssMb, verdict(more, processTargets.rssMb)],
      ['idle node', node, '', '', ''],
    ],
  };
}
