import { checkApparmor } from './apparmor.ts';
import { checkBadDays } from './bad-days.ts';
import { checkBoot } from './boot.ts';
import { checkElsewhere } from './elsewhere.ts';
import { checkExtension } from './extension.ts';
import { checkHeldDevice } from './held.ts';
import { checkHost } from './host.ts';
import { checkLatecomer } from './latecomer.ts';
import { Lab, shell } from './lab.ts';
import { checkLife } from './life.ts';
import { checkLisa } from './lisa.ts';
import { checkNames } from './names.ts';
import { checkPrivileges } from './privileges.ts';
import { checkPurge } from './purge.ts';
import { checkRpm } from './rpm.ts';
import type { Scenario } from '../scenario.ts';
import { checkSelinux } from './selinux.ts';
import { checkStock } from './stock.ts';
import { checkTranscript } from './transcript.ts';
import { checkUpgrade } from './upgrade.ts';

/** In the order in which they are made: what a guest is at first, what it becomes, and its end. */
const checks: Readonly<Record<Scenario, readonly ((lab: Lab) => Promise<void>)[]>> = {
  installed: [
    ...[checkBoot, checkNames, checkHost, checkLisa, checkPrivileges, checkLife, checkUpgrade],
    ...[checkLatecomer, checkHeldDevice, checkPurge, checkTranscript],
  ],
  'bad-days': [checkBadDays],
  stock: [checkStock],
  elsewhere: [checkElsewhere],
  selinux: [checkSelinux],
  apparmor: [checkApparmor],
  rpm: [checkRpm],
  extension: [checkExtension],
};

// Runs in the guest; its argument says in which one.
const scenario = process.argv[2] as Scenario;
const lab = new Lab();
await shell('systemctl is-system-running --wait || :');
// Nobody answers the host there, or not from the start.
const isServed = scenario !== 'elsewhere' && scenario !== 'extension';
if (isServed) await lab.connect();
for (const checkSubject of checks[scenario]) await checkSubject(lab);
process.exit(lab.report() ? 0 : 1);
