/** The HRESULTs that a reply may carry (`HV_*` in the kernel's header). */
export const Status = {
  ok: 0x0000_0000,
  fail: 0x8000_4005,
  /** S_CONT: no such key, or no more records; it ends the host's iteration. */
  noMoreItems: 0x8007_0103,
  notSupported: 0x8007_0032,
  machineLocked: 0x8007_04f7,
  notConnected: 0x8007_048f,
  invalidArgument: 0x8007_0057,
  guidNotFound: 0x8004_1002,
} as const;

export type Status = (typeof Status)[keyof typeof Status];

export type StatusName = keyof typeof Status;

/** The names of all statuses, in the order of their definition. */
// The keys of an object that is written out above are known.
export const statusNames = Object.keys(Status) as readonly StatusName[];

const namesByStatus = new Map<Status, StatusName>(statusNames.map((name) => [Status[name], name]));

export function statusName(status: Status): StatusName {
  return namesByStatus.get(status) ?? 'fail';
}
