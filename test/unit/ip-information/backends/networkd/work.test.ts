import { expect, it } from 'vitest';
import { Draft } from '../../../../../src/ip-information/backends/networkd/draft.ts';
import { edit } from '../../../../../src/ip-information/backends/networkd/edit.ts';
import { succession } from '../../../../../src/ip-information/backends/networkd/succession.ts';
import { parseUnit } from '../../../../../src/platform/network-managers/unit-text.ts';
import { proposalOf } from '../../support/proposals.ts';

const path = '/etc/systemd/network/10.network';
const proposal = proposalOf({ gateways: '10.0.0.1', dnsServers: '10.0.0.2' });
const few = 200;
const times = 8;

/** How often a setting is looked at while a file of so many lines in one section is edited: the same on any machine. */
function looks(heading: string, line: string, count: number): number {
  let looked = 0;
  const unit = parseUnit(`${heading}\n${`${line}\n`.repeat(count)}`);
  const counted = new Proxy(unit.sections[0]?.settings ?? [], {
    get(settings, key) {
      looked += 1;
      return Reflect.get(settings, key) as unknown;
    },
  });
  const sections = unit.sections.map((section) => ({ ...section, settings: counted }));
  edit(new Draft({ main: { path, unit: { ...unit, sections } }, dropIns: [] }), proposal);
  return looked;
}

it.each([
  ['[Address]', 'Address=10.0.0.9/24'],
  ['[Network]', 'Address=10.0.0.9/24'],
  ['[Route]', 'Gateway=10.0.0.9'],
  ['[Network]', 'Gateway=10.0.0.9'],
])('a section %s of many lines %s takes work that grows as it does', (heading, line) => {
  expect(looks(heading, line, few)).toBeGreaterThan(few);
  expect(looks(heading, line, few * times) / looks(heading, line, few)).toBeLessThan(2 * times);
});

it('what is there is compared with what is wanted, and not with each other', () => {
  let compared = 0;
  const former = Array.from({ length: few }, (_, index) => index);
  const { pairs, further } = succession(former, [few + 1, 3, few + 2], (one, next) => {
    compared += 1;
    return one === next;
  });
  expect(pairs.filter(([, next]) => next !== undefined)).toEqual([
    [0, few + 1],
    [1, few + 2],
    [3, 3],
  ]);
  expect(further).toEqual([]);
  expect(compared).toBeLessThanOrEqual(3 * few);
});
