import { native } from '../device/native.ts';
import { PoolNumber } from '../message/pool.ts';
import { readText, thisMachine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import type { Pools } from '../pools/pools.ts';
import { type AutoKeys, type AutoKeysOptions, createAutoKeys } from './auto-keys.ts';
import type { ReportSettings } from './report-settings.ts';

interface Surroundings extends Pick<AutoKeysOptions, 'networkWatch' | 'integrationServicesVersion'> {
  readonly pools: Pick<Pools, 'at'>;
}

/** By which the C library looks names up. */
const resolverFiles = ['/etc/hosts', '/etc/resolv.conf', '/etc/nsswitch.conf'];

/** The automatic keys of the machine that we run on, as the settings have them. */
export function autoKeysOfThisMachine(
  { platform, report }: { readonly platform: Platform; readonly report: ReportSettings },
  { pools, ...rest }: Surroundings,
): AutoKeys {
  const files = resolverFiles.map((path) => new native.StatusWatch(path));
  return createAutoKeys({
    platform,
    report,
    // Each is asked: what it says is of the time since its last answer.
    namesChanged: () => files.filter((file) => file.changed()).length > 0,
    networkState: () => native.readNetworkState(),
    readFirstLine: (path) => readText(thisMachine, path)?.split(/\r?\n/, 1)[0],
    guestValue: (key) => pools.at(PoolNumber.guest).get(key),
    ...rest,
  });
}
