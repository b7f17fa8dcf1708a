import type { Holder } from '../../platform/hyper-v.ts';
import { daemonNames } from '../../platform/kvp-daemon.ts';
import type { Check, Patient } from './check.ts';
import { advice, type Finding, ok, problem, unknown } from './finding.ts';

const asRoot = 'run this as root';
const start = 'start hv_kvp_daemon, as root';

/** Whether there is a device, and one that can be opened. */
export const device: Check = {
  name: 'device',
  needs: ['hypervisor', 'driver', 'data-exchange'],
  examine({ hyperV, settings: { device: path, platform } }) {
    switch (hyperV.probeDevice(path)) {
      case 'usable':
        return ok(`${path} can be used`);
      case 'missing':
        return problem(
          `there is no ${path}`,
          path === platform.devicePath
            ? 'look for hv_utils in the kernel log: dmesg'
            : `the configuration names another device than ${platform.devicePath}`,
        );
      case 'no device':
        return problem(`${path} is not a device`, 'remove it and reboot; the driver creates it');
      case 'denied':
        return unknown(`no permission to open ${path}`, asRoot);
      case 'busy':
        return problem(
          `a process that is not visible here has ${path} open`,
          'look for a daemon in a container, and stop it',
        );
      case 'withdrawn':
        return problem(
          `${path} no longer works: the host has withdrawn the service`,
          'wait, or enable it on the host again',
        );
    }
  },
};

/** Whether a daemon has the device, and which. */
export const daemon: Check = {
  name: 'daemon',
  needs: ['hypervisor', 'driver', 'data-exchange', 'device'],
  async examine(patient) {
    const { hyperV, settings, report } = patient;
    const { holders, unseen } = await hyperV.readHolders(settings.device);
    const own = holders.find((holder) => isOurs(holder, patient));
    if (own !== undefined) return served(`our daemon has the device: ${nameOf(own)}`, report);
    const [other] = holders;
    if (other !== undefined) return await foreign(other, patient);
    if ('pid' in report && report.device.state === 'registered') {
      return served(`our daemon runs: process ${report.pid}`, report);
    }
    if (unseen !== '') return unknown(`cannot see who has the device open: ${unseen}`, asRoot);
    return problem('no daemon has the device open', start);
  },
};

/** With whose rights, if it says so. */
function served(found: string, report: Patient['report']): Finding {
  if (!('pid' in report)) return ok(found);
  const { uid, helper, trouble } = report.privileges;
  const asUser = uid === 0 ? `${found}, as root` : `${found}, as user ${uid}`;
  if (helper === 'none') return ok(asUser);
  if (helper === 'at hand') return ok(`${asUser}, with a helper`);
  return advice(`${asUser}, whose helper does not answer: ${trouble}`, 'restart the daemon, as root or by its service');
}

function isOurs({ isOurs: byCommand, pid }: Holder, { report }: Patient): boolean {
  return byCommand || ('pid' in report && report.pid === pid);
}

async function foreign(holder: Holder, { hyperV }: Patient): Promise<Finding> {
  const isStock = daemonNames.includes(holder.name);
  const running = (await hyperV.readServices())?.filter(({ state }) => state === 'active') ?? [];
  const stop = isStock && running.length === 1 ? running.map(({ disable }) => disable) : [`kill ${holder.pid}`];
  return problem(
    `${isStock ? 'the stock daemon' : 'another program'} has the device: ${nameOf(holder)}`,
    `${stop.join('')}; then ${start}`,
  );
}

function nameOf({ pid, name }: Holder): string {
  return `process ${pid} (${name})`;
}
