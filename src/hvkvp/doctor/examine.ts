import type { Check, Patient } from './check.ts';
import type { Finding } from './finding.ts';

/** A finding and the check that it is of. */
export interface Diagnosis extends Finding {
  readonly check: string;
}

/** Makes the checks in their order; one that a problem has robbed of its meaning is skipped. */
export async function examine(checks: readonly Check[], patient: Patient): Promise<readonly Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  const hinders = (name: string): boolean =>
    diagnoses.some(({ check, state }) => check === name && (state === 'problem' || state === 'skipped'));
  for (const check of checks) {
    const hindrance = check.needs.find(hinders);
    const finding: Finding =
      hindrance === undefined
        ? await check.examine(patient)
        : { state: 'skipped', found: `because of ${rootOf(hindrance, diagnoses)}` };
    diagnoses.push({ check: check.name, ...finding });
  }
  return diagnoses;
}

/** The problem behind a check that was skipped itself. */
function rootOf(name: string, diagnoses: readonly Diagnosis[]): string {
  const diagnosis = diagnoses.find(({ check }) => check === name);
  return diagnosis?.state === 'skipped' ? diagnosis.found.replace(/^because of /, '') : name;
}
