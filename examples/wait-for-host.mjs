// Waits until the host has set a key, then follows it: wait-for-host.mjs KEY [FOLDER OF THE POOLS].
import { openPool, WaitTimeout } from 'hyperv-kvp';

const [key = 'HostName', directory] = process.argv.slice(2);
const pool = await openPool('external', directory === undefined ? {} : { directory });
try {
  console.log(`${key} = ${await pool.waitFor(key, { timeoutMs: 60_000 })}`);
  for await (const change of pool.watch({ keys: key })) {
    console.log(`${change.kind}: ${key} = ${change.value}`);
    if (change.kind === 'removed') break;
  }
} catch (error) {
  if (!(error instanceof WaitTimeout)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  pool.close();
}
