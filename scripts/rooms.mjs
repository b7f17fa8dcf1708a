const programs = ['bin', 'hvkvp', 'daemon', 'helper'];
const entrances = [...programs, 'configuration', 'process', 'session'];
const subjects = ['auto-keys', 'pools', 'ip-information'];
/**
 * Rooms of `src`, each with those that it may not import from:
 * bin → hvkvp, daemon, helper → session, operations → auto-keys, pools, ip-information → message, platform, device.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const rooms = {
  message: [...entrances, ...subjects, 'device', 'operations', 'platform', 'simulator', 'control'],
  platform: [...entrances, ...subjects, 'operations', 'simulator', 'control'],
  device: [...entrances, ...subjects, 'operations', 'simulator', 'control', 'platform'],
  log: [...entrances, ...subjects, 'operations', 'simulator', 'control'],
  'auto-keys': [...entrances, 'operations', 'simulator', 'control'],
  pools: [...entrances, 'operations', 'simulator', 'control'],
  'ip-information': [...entrances, 'operations', 'simulator', 'control'],
  chunks: [...entrances, 'operations', 'simulator', 'control'],
  'pool-changes': [...entrances, 'operations', 'simulator', 'control'],
  report: [...entrances, 'operations', 'simulator', 'control'],
  control: [...programs, 'process', 'session', 'auto-keys', 'pools', 'operations', 'simulator'],
  operations: [...entrances, 'simulator', 'control'],
  session: [...programs, 'configuration', 'process', 'simulator', 'control'],
  process: [...programs, 'operations', 'session', 'simulator', 'control'],
  configuration: [...programs, 'process', 'session', 'operations', 'simulator', 'control'],
  simulator: entrances,
  library: [...programs, 'process', 'session', 'operations'],
  'helper/protocol': ['bin', 'hvkvp', 'daemon', 'helper/client', 'helper/server', 'session', 'operations', 'simulator'],
  'helper/client': ['bin', 'hvkvp', 'daemon', 'helper/server', 'session', 'operations', 'simulator'],
  'helper/server': ['bin', 'hvkvp', 'daemon', 'session', 'operations', 'simulator'],
  daemon: ['bin', 'hvkvp', 'helper/server', 'simulator'],
  hvkvp: ['bin', 'daemon', 'helper/server', 'session'],
};
