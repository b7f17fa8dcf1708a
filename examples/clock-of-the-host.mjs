// Compares this guest's clock with a time that the host wrote in a key: clock-of-the-host.mjs KEY [FOLDER OF THE POOLS].
// On the host, (Get-Date).ToFileTimeUtc() is such a time.
import { fileTimeFromUnix, openPool, unixFromFileTime } from 'hyperv-kvp';

const [key = 'HostTime', directory] = process.argv.slice(2);
const pool = await openPool('external', directory === undefined ? {} : { directory });
const value = await pool.get(key);
pool.close();
if (value === undefined) {
  console.error(`the host has not set ${key}`);
  process.exitCode = 1;
} else {
  const fileTime = BigInt(value);
  const milliseconds = Number(unixFromFileTime(fileTime) / 1_000_000n);
  const now = fileTimeFromUnix(BigInt(Date.now()) * 1_000_000n);
  console.log(`the host wrote ${new Date(milliseconds).toISOString()}, ${(now - fileTime) / 10_000_000n} s ago`);
}
