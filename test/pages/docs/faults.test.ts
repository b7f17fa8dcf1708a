import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logOf, matrix } from '../../adversary/faults/matrix.ts';
import type { Row } from '../../adversary/faults/row.ts';

const page = join(import.meta.dirname, '../../../docs/faults.md');

const introduction = `# Faults, and what comes of them

What the system may do to the daemon, and what follows: made by \`vitest run test/pages/docs/faults --update\`
from \`test/adversary/faults/matrix.ts\`, each row of which \`npm run suite -- faults\` plays with the built
daemon. There, a library before the C library makes calls on the device fail and clocks jump; disks,
descriptors, memory, signals and readers are real.

For each row: a request that meets the fault gets what is said, and once; the log has just these lines,
no matter how often the fault occurs; and afterwards a SET is answered, is in the file, and a
GET finds it. No rule of the driver is broken. DEVICE is the device's path, … whatever is there. The
driver's time-out is E_FAIL after 30 s on Linux and 5 s on FreeBSD.
`;

const columns = '| fault | the host gets | the log | service resumes | otherwise |\n|---|---|---|---|---|';

const explanation = `
The last column is what happens in a daemon that was written without the fault in mind;
\`npm run suite -- mutations\` shows for some of them that the row fails then.

A fault that repeats is logged once: a device until it has answered a request, or was registered for 10 s; an
operation on a pool until it succeeds, or fails otherwise.
`;

/** What is the same on both systems stands once. */
function both(linux: string, freebsd: string): string {
  return linux === freebsd ? linux : `Linux: ${linux}; FreeBSD: ${freebsd}`;
}

function line(row: Row): string {
  const { fault, host, resumes, naive } = row;
  const gets = typeof host === 'string' ? host : both(host.linux, host.freebsd);
  const log = (['linux', 'freebsd'] as const).map((system) =>
    logOf(row, system)
      .map((text) => `\`${text}\``)
      .join('<br>'),
  );
  const [linux = '', freebsd = ''] = log;
  return `| ${fault} | ${gets} | ${both(linux, freebsd)} | ${resumes} | ${naive} |`;
}

it('docs/faults.md is the matrix of faults', async () => {
  const tables = Object.entries(matrix).map(
    ([group, rows]) => `\n## Faults of the ${group}\n\n${[columns, ...rows.map(line)].join('\n')}\n`,
  );
  await expect(`${introduction}${tables.join('')}${explanation}`).toMatchFileSnapshot(page);
});
