import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeFolder } from './remove-folder.ts';

/**
 * A folder for all that a run of the tests writes for a while, so that nothing is left of a test that fails, or of a process that it killed. Others
 * may look for what they know the name of: daemons that have given root's rights up do.
 */
// eslint-disable-next-line import-x/no-default-export -- vitest takes what is to be done at first as a default export.
export default function ownTemporaryFolder(): () => Promise<void> {
  // Scripts of tests take their paths for words: no space may be in them.
  const place = /\s/.test(tmpdir()) ? '/tmp' : tmpdir();
  const folder = mkdtempSync(join(place, 'hyperv-kvp-tests-'));
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return async () => {
    const left = await leftProcesses(folder);
    await removeFolder(folder);
    if (left.length === 0) return;
    console.log(`FAILED: a test left processes running:\n${left.join('\n')}`);
    // In CI a test is tried again, and may have left them when it failed.
    if (process.env['CI'] === undefined) process.exitCode = 1;
  };
}

/** What still runs of what the tests started, after some time for what was ended. */
async function leftProcesses(folder: string): Promise<readonly string[]> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const left = processesOf(folder);
    if (left.length === 0 || performance.now() > end) return left;
    await sleep(pauseMs);
  }
}

/** Those that were started below the folder or with it as TMPDIR, but for vitest's own. */
function processesOf(folder: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return pids.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      const isOurs = command.includes(folder) || environment.includes(`TMPDIR=${folder}`);
      return isOurs && !command.includes('vitest') ? [`${pid} ${command}`] : [];
    } catch {
      return [];
    }
  });
}

const patienceMs = 5000;
const pauseMs = 50;
