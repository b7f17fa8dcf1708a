import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { Outcomes, type Tally } from '../guest/checks/outcomes.ts';
import { run } from '../guest/machine/program.ts';

const lintianTimeoutMs = 600_000;

/** What can be seen of a package without installing it. */
export async function checkPackageFile(file: string): Promise<Tally> {
  const outcomes = new Outcomes(lintianTimeoutMs);
  const nothing = (): string => '';

  await outcomes.check(
    `lintian has nothing to say about ${basename(file)}`,
    async () => {
      const said = await run('lintian', ['--allow-root', '--fail-on=none', '--tag-display-limit=0', file]);
      assert.equal(said, '');
    },
    nothing,
  );
  return outcomes.tally;
}
