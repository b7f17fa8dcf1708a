import type { Settings } from '../../configuration/settings.ts';
import type { Check, Patient } from './check.ts';
import { checks } from './checks.ts';
import { configuration } from './configuration.ts';
import { askDaemon } from './daemon-report.ts';
import { type Diagnosis, examine } from './examine.ts';
import { printable } from '../../message/printable.ts';
import { hyperV } from '../../platform/hyper-v.ts';
import type { Machine } from '../../platform/machine.ts';
import { ExitStatus } from '../exit-status.ts';
import { type Output, paint, writeJson } from '../output.ts';

export interface DoctorOptions {
  readonly machine: Machine;
  readonly settings: Settings;
  /** Why they are the defaults and not what the configuration says; "" if they are what it says. */
  readonly configurationTrouble?: string;
  readonly output: Output;
}

/** Prints what is found, a check a line, and what to do about it; the status is 1 if there is a problem. */
export async function doctor({
  machine,
  settings,
  configurationTrouble = '',
  output,
}: DoctorOptions): Promise<ExitStatus> {
  const patient: Patient = {
    machine,
    settings,
    configurationTrouble,
    hyperV: hyperV(settings.platform.system, machine),
    report: await askDaemon(settings.controlSocket),
    now: new Date(),
  };
  const diagnoses = await examine(configurationTrouble === '' ? checks : checks.map(alsoOffHyperV), patient);
  const healthy = diagnoses.every(({ state }) => state !== 'problem');
  if (output.json) writeJson(output, { healthy, checks: diagnoses });
  else for (const diagnosis of diagnoses) output.write(describe(diagnosis, output));
  return healthy ? ExitStatus.ok : ExitStatus.notFound;
}

/** A configuration that cannot be used is a problem wherever it is. */
function alsoOffHyperV(check: Check): Check {
  return check === configuration ? { ...check, needs: [] } : check;
}

const words: Readonly<Record<Diagnosis['state'], string>> = {
  ok: 'ok',
  advice: 'advice',
  problem: 'problem',
  unknown: 'not known',
  skipped: 'skipped',
};
const styles = { ok: 'green', advice: 'yellow', problem: 'red', unknown: 'cyan', skipped: 'dim' } as const;
const stateWidth = Math.max(...Object.values(words).map((word) => word.length));
const checkWidth = Math.max(...checks.map(({ name }) => name.length));
const gap = '  ';
const indent = stateWidth + gap.length + checkWidth + gap.length;

/** A line for each of finding and remedy; at a terminal, as many as it takes. */
function describe({ state, check, found, remedy }: Diagnosis, output: Output): string {
  const [first, ...others] = [
    ...wrapped(found, output),
    ...(remedy === undefined ? [] : wrapped(`→ ${remedy}`, output).map((line) => paint(output, 'bold', line))),
  ];
  const head = [paint(output, styles[state], words[state].padEnd(stateWidth)), check.padEnd(checkWidth), first];
  return [head.join(gap), ...others.map((line) => ' '.repeat(indent) + line), ''].join('\n');
}

/** Lines that fit beside the names, cut between words. */
function wrapped(text: string, { isTerminal, width }: Output): readonly string[] {
  const clean = printable(text);
  if (!isTerminal) return [clean];
  const lines: string[] = [];
  for (const word of clean.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= width) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}
