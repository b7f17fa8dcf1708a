import { dialects } from '../../message/dialect.ts';
import { PoolNumber, poolNumbers } from '../../message/pool.ts';
import { troubleWords } from '../pools/trouble-words.ts';
import { readCondition, type PoolCondition } from './pool-condition.ts';
import type { Check, Patient } from './check.ts';
import { advice, type Finding, gravest, ok, problem, unknown } from './finding.ts';

const needs = ['hypervisor'];
const asRoot = 'run this as root';

/** Whether the five files are there, can be read, and are whole. */
export const poolFiles: Check = {
  name: 'pool-files',
  needs,
  async examine(patient) {
    const { directory } = patient.settings.pools;
    const conditions = await readAll(poolNumbers, patient);
    if (conditions.every(({ state }) => state === 'missing')) {
      return problem(`no pool files in ${directory}`, 'start hv_kvp_daemon: it creates them once it is registered');
    }
    return gravest(conditions.flatMap(judge)) ?? ok(`all five in ${directory} are intact`);
  },
};

/** Whether others may read what is passed through the pools of administrators and programs, or write any. */
export const poolModes: Check = {
  name: 'pool-modes',
  needs: [...needs, 'pool-files'],
  async examine(patient) {
    const conditions = await readAll(poolNumbers, patient);
    const writable = conditions.filter(({ mode }) => (mode & modes.writeByOthers) !== 0);
    if (writable.length > 0) {
      return problem(`every user may write to ${namesOf(writable)}`, `chmod o-w ${pathsOf(writable)}`);
    }
    const exchanged = conditions.filter(({ pool }) => pool === PoolNumber.external || pool === PoolNumber.guest);
    const readable = exchanged.filter(({ mode }) => (mode & modes.readByOthers) !== 0);
    if (readable.length === 0) return ok('private enough for secrets');
    return advice(
      `every user may read ${namesOf(readable)}, where tools store secrets`,
      `chmod 0600 ${pathsOf(readable)}, and pools.file_mode = "0600" in the configuration`,
    );
  },
};

const modes = { readByOthers: 0o004, writeByOthers: 0o002 } as const;

/** Whether programs of hosts can read what is in the pools, and see it as it is. */
export const poolContents: Check = {
  name: 'pool-contents',
  needs: [...needs, 'pool-files'],
  async examine(patient) {
    const dialect = dialects[patient.settings.platform.system];
    const conditions = await readAll(poolNumbers, patient);
    const odd = conditions.flatMap((condition) =>
      troubleWords(condition, dialect).map((words) => `${condition.name} has ${words}`),
    );
    if (odd.length === 0) return ok('programs on hosts can read all of it');
    return advice(odd.join('; '), 'see the records, and change them: hvkvp list');
  },
};

/** Whether the host's facts are of this run of the system: a copied machine has another's. */
export const poolAge: Check = {
  name: 'pool-age',
  needs: [...needs, 'pool-files'],
  async examine(patient) {
    const facts = await readCondition(PoolNumber.autoExternal, patient);
    if (facts.size === 0) return ok('nothing in it is older than this start of the system');
    if (!facts.stale) return ok('the host’s facts are from this start of the system');
    return advice(
      `the host’s facts are from before this start of the system, of ${facts.modifiedAt.toISOString()}`,
      'in a copied machine they are those of the original: hvkvp clear --pool auto-external --if-stale',
    );
  },
};

function readAll(pools: readonly PoolNumber[], patient: Patient): Promise<readonly PoolCondition[]> {
  return Promise.all(pools.map((pool) => readCondition(pool, patient)));
}

function judge({ name, path, state, damage, isForbidden, journal, lockedBy }: PoolCondition): readonly Finding[] {
  if (isForbidden) return [unknown(`${name} cannot be read here`, asRoot)];
  if (state === 'missing') return [problem(`${name} is missing`, 'restart hv_kvp_daemon: it creates it')];
  if (state === 'unusable') return [problem(`${name}: ${damage}`, `see: ls -l ${path}`)];
  return [
    ...(state === 'damaged'
      ? [advice(`${name} has ${damage}`, 'find out which program wrote it; it is served as it is')]
      : []),
    ...(lockedBy === ''
      ? []
      : [
          advice(
            `${lockedBy} holds the lock of ${name}: no change is possible`,
            `end it; chmod 0600 ${path} keeps others out`,
          ),
        ]),
    ...(journal === 'pending'
      ? [advice(`${name}: a change was interrupted by a crash`, 'hvkvp recover finishes it')]
      : []),
  ];
}

function namesOf(conditions: readonly PoolCondition[]): string {
  return conditions.map(({ name }) => name).join(' and ');
}

function pathsOf(conditions: readonly PoolCondition[]): string {
  return conditions.map(({ path }) => path).join(' ');
}
