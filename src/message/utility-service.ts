/**
 * The utility services that a Hyper-V host offers a guest (`HV_*` in the seed header). Only KVP needs a daemon's
 * answers: shutdown, time synchronisation and heartbeat are served by the kernel itself.
 */
export const UtilityService = {
  shutdown: 0,
  timeSynchronisation: 1,
  heartbeat: 2,
  kvp: 3,
} as const;

/** Flags of a time synchronisation message (`HV_ICTIMESYNCFLAG_*`). */
export const TimeSynchronisationFlag = {
  probe: 0,
  /** Set the clock at once. */
  synchronise: 1,
  /** One sample of many. */
  sample: 2,
} as const;
