import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boot } from './machine/boot.ts';
import { checkout } from './machine/folders.ts';
import { stockDaemon } from './machine/stock-daemon.ts';

// npm run suite -- guest [--stock | --exec COMMAND] [--kernel SERIES]
const { values } = parseArgs({
  options: {
    /** Checks the C daemon of Debian's hyperv-daemons instead, for comparison. */
    stock: { type: 'boolean', default: false },
    /** Runs this shell command in the guest instead of the checks. */
    exec: { type: 'string' },
    /** Another series of Debian's kernels, such as 6.12. */
    kernel: { type: 'string' },
  },
});

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interrupted.abort();
  });
}

try {
  process.exitCode = await boot(await command(), {
    output: process.stdout,
    signal: interrupted.signal,
    ...(values.kernel !== undefined && { series: values.kernel }),
  });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(`test:guest: ${error.message}`);
  if (error.cause instanceof Error) console.error(`because: ${error.cause.message}`);
  process.exitCode = 1;
}

async function command(): Promise<string> {
  if (values.exec !== undefined) return values.exec;
  const checks = `exec node '${join(import.meta.dirname, 'checks/main.js')}'`;
  if (values.stock) return `cp -r '${await stockDaemon()}/.' /usr && ${checks} hv_kvp_daemon -n`;
  return `${checks} node '${join(checkout, 'dist/bin/hv_kvp_daemon.js')}' -n`;
}
