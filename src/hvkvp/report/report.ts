import { PoolNumber } from '../../message/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { checkRecord } from '../../pools/valid-record.ts';
import { encodeReport, type ProvisioningReport, reportKey } from '../../report/provisioning-report.ts';
import { type Output, writeJson } from '../output.ts';
import { recordJson } from '../pools/record-json.ts';

/** Writes the report that Azure reads, in the place of one that is there. */
export async function report(pools: Pools, given: ProvisioningReport, output: Output): Promise<void> {
  const record = { key: Buffer.from(reportKey), value: Buffer.from(encodeReport(given)) };
  checkRecord(record);
  await pools.at(PoolNumber.guest).set(record.key, record.value);
  if (output.json) writeJson(output, recordJson(PoolNumber.guest, record));
}
