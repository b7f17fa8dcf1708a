import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { eventually } from '../../guest/checks/eventually.ts';
import { shell } from './lab.ts';

const script = '/run/root-key.pl';
const seen = '/run/root-key/seen';
/** add_key(2) and keyctl(2) of x86-64, with KEYCTL_SEARCH; -3 is the keyring of the session. */
const source = `my ($type, $name, $value) = ('user', 'of-root', 'secret');
my $key = $ARGV[0] eq 'add' ? syscall(248, $type, $name, $value, 6, -3) : syscall(250, 10, -3, $type, $name, 0);
print $key > 0 ? "found\\n" : "none\\n";
`;

/** Shell that puts a key in the keyring of root's session, and says whether it is found there. */
export const addRootKey = `/usr/bin/perl ${script} add`;

/** While `body` runs, what the daemon runs as hostname(1) looks for that key: the daemon must not have passed it on. */
export async function rootKeyIsOutOfReach(body: () => Promise<void>): Promise<void> {
  await writeFile(script, source);
  const path = await shell('readlink -f "$(command -v hostname)"');
  await shell(`mkdir -m 1777 ${seen.replace(/\/seen$/, '')}; mv ${path} ${path}.away`);
  await writeFile(path, `#!/bin/sh\n/usr/bin/perl ${script} search > ${seen}\nexec ${path}.away "$@"\n`, {
    mode: 0o755,
  });
  try {
    await body();
    await eventually(async () => {
      assert.equal(await readFile(seen, 'utf8'), 'none\n');
    });
  } finally {
    await shell(`mv ${path}.away ${path}`);
  }
}
