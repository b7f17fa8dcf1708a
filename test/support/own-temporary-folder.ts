import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for all that a run of the tests writes for a while, so that nothing is left of a test that fails, or of a process that it killed. Others
 * may look for what they know the name of: daemons that have given root's rights up do.
 */
// eslint-disable-next-line import-x/no-default-export -- vitest takes what is to be done at first as a default export.
export default function ownTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'hyperv-kvp-tests-'));
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
