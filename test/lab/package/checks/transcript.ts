import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { type Exchange, exchangesOf, fits } from '../transcript.ts';
import { type Lab, purgePackage, shell } from './lab.ts';

const longestMs = 600_000;

/** What docs/first-run.md shows, typed in a guest as Debian has it on Hyper-V: with the stock daemon. */
export async function checkTranscript(lab: Lab): Promise<void> {
  const page = process.env['TRANSCRIPT'] ?? '';
  const checkout = dirname(dirname(page));
  const exchanges = exchangesOf(await readFile(page, 'utf8'));

  await lab.check(
    'who types the README’s commands sees what docs/first-run.md shows, in under ten minutes',
    async () => {
      await shell('dpkg --install "$STOCK_PACKAGE"');
      const begun = performance.now();
      for (const exchange of exchanges) {
        assertFits(exchange, await typed(exchange.command, checkout));
        if (exchange.command.startsWith('hvkvp set')) await assertTheHostSees(lab, exchange.command);
      }
      assert.ok(performance.now() - begun < longestMs);
      await shell('dpkg --purge hyperv-daemons');
      await purgePackage();
    },
  );
}

/** What a terminal shows of a command: output and errors as they come; each question is answered with "y". */
async function typed(command: string, folder: string): Promise<string> {
  const child = spawn('sh', ['-c', `exec 2>&1; ${command}`], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end('y\n');
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  // apt gives dpkg a terminal, whose lines end like this.
  return output.replaceAll('\r\n', '\n');
}

function assertFits({ command, shown }: Exchange, output: string): void {
  assert.ok(fits(output, shown), `${command} printed:\n${output}`);
}

/** A key and its value, as `hvkvp set` has them. */
async function assertTheHostSees(lab: Lab, command: string): Promise<void> {
  const [, , key = '', value] = command.split(' ');
  assert.deepEqual(await lab.host.get(PoolNumber.guest, key), { status: Status.ok, value });
}
