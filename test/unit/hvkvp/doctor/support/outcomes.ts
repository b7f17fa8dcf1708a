import { expect, it } from 'vitest';
import { checks } from '../../../../../src/hvkvp/doctor/checks.ts';
import type { Finding } from '../../../../../src/hvkvp/doctor/finding.ts';
import type { System } from '../../../../../src/message/dialect.ts';
import { advisedCommands, known } from './advised.ts';
import { type Changes, patient } from './guest.ts';

type Outcome = readonly [what: string, changes: Changes, state: Finding['state'], found: RegExp | string];

/** Every outcome of a check on a system. */
export function outcomes(name: string, system: System, rows: readonly Outcome[]): void {
  it.each(rows)(`${name} on ${system}: %s`, async (_, changes, state, found) => {
    const check = checks.find((each) => each.name === name);
    const finding = await check?.examine(await patient(system, changes));
    expect(finding).toMatchObject({ state, found: expect.stringMatching(found) as string });
    if (state === 'problem' || state === 'advice') expect(finding?.remedy).toBeTruthy();
    for (const command of advisedCommands(finding?.remedy ?? '')) expect(known, command).toContain(command);
  });
}
