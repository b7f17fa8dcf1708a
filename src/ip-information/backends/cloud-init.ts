import { isInstalled } from '../../platform/installed.ts';
import { existsBelow, listByEnding, type Machine, readText } from '../../platform/machine.ts';

/** How the files of network configuration begin that cloud-init makes. */
export const cloudInitsHeading = 'This file is generated from information provided by';

/** Whether cloud-init has made a text and may make it anew at each start. */
export function isCloudInits(text: string, machine: Machine): boolean {
  return text.includes(cloudInitsHeading) && isInstalled(machine, 'cloud-init') && !isSwitchedOff(machine);
}

function isSwitchedOff(machine: Machine): boolean {
  if (existsBelow(machine, '/etc/cloud/cloud-init.disabled')) return true;
  const folder = '/etc/cloud/cloud.cfg.d';
  const files = ['/etc/cloud/cloud.cfg', ...listByEnding(machine, folder, '.cfg').map((name) => `${folder}/${name}`)];
  return files.some((path) => /^network:\s*(?:\{\s*)?config:\s*["']?disabled\b/m.test(readText(machine, path) ?? ''));
}
