import { PoolNumber } from '../../message/pool.ts';
import { isInstalled } from '../../platform/installed.ts';
import type { Machine } from '../../platform/machine.ts';
import { checkRecord } from '../../pools/valid-record.ts';
import type { Pools } from '../../pools/pools.ts';
import { type Output, writeJson } from '../output.ts';
import { recordJson } from './record-json.ts';

/** As long as it takes. */
const patience = { timeoutMs: 0 };

/**
 * Removes a key from pool guest, where it may stand since the last start, and writes it once the system's start has finished, and
 * cloud-init if it is there, with how either ended.
 */
export async function ready(pools: Pools, key: Buffer, machine: Machine, output: Output): Promise<void> {
  checkRecord({ key, value: Buffer.alloc(0) });
  const pool = pools.at(PoolNumber.guest);
  while (await pool.delete(key));
  const record = { key, value: Buffer.from([await boot(machine), ...(await cloudInit(machine))].join(' ')) };
  await pool.set(record.key, record.value);
  if (output.json) writeJson(output, recordJson(PoolNumber.guest, record));
}

/** In systemd's word, such as running or degraded; "unknown" under another one. */
async function boot(machine: Machine): Promise<string> {
  if (!isInstalled(machine, 'systemctl')) return 'boot=unknown';
  const { output } = await machine.run('systemctl', ['is-system-running', '--wait'], patience);
  return `boot=${output.trim() || 'unknown'}`;
}

/** In its own word, such as done, error or disabled; nothing if it is not installed. */
async function cloudInit(machine: Machine): Promise<readonly string[]> {
  if (!isInstalled(machine, 'cloud-init')) return [];
  const { output } = await machine.run('cloud-init', ['status', '--wait'], patience);
  return [`cloud-init=${/^status: (\S+)$/m.exec(output)?.[1] ?? 'unknown'}`];
}
