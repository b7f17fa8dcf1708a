/** What a check found. */
export interface Finding {
  /** "advice": it works, and could be better; "unknown": it cannot be determined; "skipped": without another check it means nothing. */
  readonly state: 'ok' | 'advice' | 'problem' | 'unknown' | 'skipped';
  readonly found: string;
  /** What to do. */
  readonly remedy?: string;
}

export function ok(found: string): Finding {
  return { state: 'ok', found };
}

export function advice(found: string, remedy: string): Finding {
  return { state: 'advice', found, remedy };
}

export function problem(found: string, remedy: string): Finding {
  return { state: 'problem', found, remedy };
}

export function unknown(found: string, remedy?: string): Finding {
  return { state: 'unknown', found, ...(remedy !== undefined && { remedy }) };
}

const gravity: readonly Finding['state'][] = ['problem', 'unknown', 'advice', 'ok'];

/** The gravest of several findings, all that are as grave in one; undefined of none. */
export function gravest(findings: readonly Finding[]): Finding | undefined {
  const state = gravity.find((each) => findings.some((finding) => finding.state === each));
  const equals = findings.filter((finding) => finding.state === state);
  const [first] = equals;
  if (first === undefined) return undefined;
  const remedies = [...new Set(equals.flatMap(({ remedy }) => remedy ?? []))];
  const found = equals.map((finding) => finding.found).join('; ');
  return { state: first.state, found, ...(remedies.length > 0 && { remedy: remedies.join('; ') }) };
}
