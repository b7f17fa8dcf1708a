import { constants } from 'node:fs';
import { existsBelow, mayAccess, readLink } from '../../platform/machine.ts';
import type { Check, Patient } from './check.ts';
import { advice, type Finding, gravest, ok, problem } from './finding.ts';

/** Whether pools and journals can be written where they are to be. */
export const folders: Check = {
  name: 'folders',
  needs: ['hypervisor'],
  examine(patient) {
    const { directory, stateDirectory } = patient.settings.pools;
    const findings = [...judge(directory, patient), ...judge(stateDirectory, patient), ...journals(patient)];
    return gravest(findings) ?? ok(`${directory} and ${stateDirectory} can be written`);
  },
};

/** Whether the host got a failure for an answer. */
export const failures: Check = {
  name: 'failures',
  needs: ['hypervisor', 'driver', 'data-exchange', 'device', 'daemon', 'registration'],
  examine({ report }) {
    const counts = 'pid' in report ? report.transactions : [];
    const failed = counts.flatMap(({ operation, statuses: { fail = 0 } }) =>
      fail > 0 ? [`${fail} ${operation}`] : [],
    );
    if (failed.length === 0) return ok('no request of the host has failed since the daemon started');
    return advice(
      `requests of the host have failed since the daemon started: ${failed.join(', ')}`,
      'see the daemon’s log',
    );
  },
};

function judge(folder: string, { machine }: Patient): readonly Finding[] {
  if (readLink(machine, folder) !== undefined) {
    return [
      problem(
        `${folder} is a link that users other than root made or can replace, and is not followed`,
        'make it a folder, or have root make the link in a folder of its own',
      ),
    ];
  }
  // For a user other than root the answer would be about that user's rights.
  const isClosed =
    process.geteuid?.() === 0 && existsBelow(machine, folder) && !mayAccess(machine, folder, constants.W_OK);
  return isClosed ? [problem(`${folder} cannot be written`, `see: findmnt --target ${folder}`)] : [];
}

function journals({ report }: Patient): readonly Finding[] {
  const pools = 'pid' in report ? report.pools : [];
  return pools
    .filter(({ journalTrouble }) => journalTrouble !== '')
    .map(({ name, journalTrouble }) =>
      problem(
        `pool ${name} is changed without a journal, so a crash may tear a record: ${journalTrouble}`,
        'make the folder of the journals writable; the daemon then uses them again',
      ),
    );
}
