import { expect, it } from 'vitest';
import { withPart } from '../../../../../src/ip-information/backends/ifupdown/assembled.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';

const main = '/etc/network/interfaces';
const head =
  '# NOTE: /sbin/assemble-interfaces rewrites this file.  Edit files in\n#      /etc/network/interfaces.d/ to persist\n\n';
const eth0 = 'auto eth0\niface eth0\n  use dhcp\n  use imds\n';
const lo = 'auto lo\niface lo\n\n';
const former = `${head}${eth0}\n${lo}`;
const planned = (text: string) => [{ path: main, text, mode: 0o644 }];
const next = former.replace('  use dhcp\n', '  address 10.0.0.4/24\n');

it('the part of the adapter goes with the file that is assembled of such parts', () => {
  const machine = fakeMachine({ files: { [`${main}.d/eth0`]: eth0 } });
  expect(withPart(planned(next), former, 'eth0', machine)).toEqual([
    ...planned(next),
    { path: `${main}.d/eth0`, text: eth0.replace('  use dhcp\n', '  address 10.0.0.4/24\n'), mode: 0o644 },
  ]);
});

it('a stanza that is added after it is in the part, too', () => {
  const added = former.replace('  use imds\n', '  use imds\n\niface eth0 inet6 static\n  address 2001:db8::4/64\n');
  const machine = fakeMachine({ files: { [`${main}.d/eth0`]: eth0 } });
  const [, part] = withPart(planned(added), former, 'eth0', machine) as ReturnType<typeof planned>;
  expect(part?.text).toBe(`${eth0}\niface eth0 inet6 static\n  address 2001:db8::4/64\n`);
});

it.each([
  ['there is none', {}],
  ['it says something else', { [`${main}.d/eth0`]: 'auto eth0\niface eth0\n' }],
])('nothing is changed where %s, for it would not last', (_, files) => {
  expect(withPart(planned(next), former, 'eth0', fakeMachine({ files }))).toHaveProperty('impossible');
});

it('other files stay alone', () => {
  const site = former.replace(head, '');
  expect(withPart(planned('x'), site, 'eth0', fakeMachine({ files: { [`${main}.d/eth0`]: eth0 } }))).toEqual(
    planned('x'),
  );
});
