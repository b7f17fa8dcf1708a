import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configurationOf } from '../../../src/ip-information/verify.ts';
import { thisMachine } from '../../../src/platform/machine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it.each(['up', 'post-up', '\tpre-up', 'down'])('finds no address in what a stanza has %s run', (word) => {
  const root = temporaryFolder();
  const own = 'iface eth0 inet static\n  address 192.0.2.4/24\n';
  writeFileSync(
    join(root, 'interfaces'),
    `${own}  ${word} ip address add \\\n    192.0.2.9/24 dev eth0\n  gateway 192.0.2.1\n`,
  );
  const plan = {
    files: [{ path: '/interfaces', text: '', mode: 0o644 }],
    ...{ before: [], commands: [], undo: { before: [], commands: [] } },
  };
  const found = configurationOf(plan, { ...thisMachine, root });
  expect(found).toContain('192.0.2.4/24');
  expect(found).toContain('gateway 192.0.2.1');
  expect(found).not.toContain('192.0.2.9');
});
