import { checkAutomaticKeys } from './automatic-keys.ts';
import { checkDoctor } from './doctor.ts';
import { checkInterfaceKinds } from './interface-kinds.ts';
import { checkIpInformation } from './ip-information.ts';
import { checkIpInjection } from './ip-injection.ts';
import { Lab } from './lab.ts';
import { checkLimits } from './limits.ts';
import { checkNegotiation } from './negotiation.ts';
import { checkPools } from './pools.ts';
import { checkPortInjection } from './port-injection.ts';
import { checkPrivileges } from './privileges.ts';
import { checkProcessLife } from './process-life.ts';
import { checkSameTick } from './same-tick.ts';
import { checkService } from './service.ts';
import { checkStrangeRequests } from './strange-requests.ts';
import { checkTraffic } from './traffic.ts';

// Runs in the guest; its arguments are the command line of the daemon to check.
const lab = await Lab.open(process.argv.slice(2));
for (const checkSubject of [
  checkNegotiation,
  checkAutomaticKeys,
  checkPools,
  checkSameTick,
  checkLimits,
  checkStrangeRequests,
  checkIpInformation,
  checkInterfaceKinds,
  checkIpInjection,
  checkPortInjection,
  checkTraffic,
  checkService,
  checkDoctor,
  checkProcessLife,
  checkPrivileges,
]) {
  await checkSubject(lab);
  await lab.mend();
}
// A failed check may have left programs that would be waited for.
process.exit(lab.report() ? 0 : 1);
