const holds = 'holds';
const misses = 'does NOT hold';

/**
 * Ratios of our time to the C daemon's, by the number of records: round trips in one run, medians, both on one processor,
 * durability "memory". Operations without a row have no target.
 * @type {readonly { operations: readonly string[], limits: Readonly<Record<number, number>> }[]}
 */
export const targets = [
  {
    operations: ['GET hit', 'GET miss', 'ENUMERATE first', 'ENUMERATE last'],
    limits: { 0: 1.2, 10: 1.2, 100: 0.6, 1000: 0.05, 10_000: 0.005 },
  },
  {
    operations: ['SET overwrite', 'SET append'],
    limits: { 0: 1, 10: 1, 100: 0.3, 1000: 0.03, 10_000: 0.002 },
  },
  { operations: ['GET_IP_INFO hit'], limits: { 0: 0.05 } },
  { operations: ['NetworkAddressIPv4', 'NetworkAddressIPv6'], limits: { 0: 2 } },
  {
    operations: [
      ...['FullyQualifiedDomainName', 'IntegrationServicesVersion', 'OSBuildNumber', 'OSName'],
      ...['OSMajorVersion', 'OSMinorVersion', 'OSVersion', 'ProcessorArchitecture'],
    ],
    limits: { 0: 1.5 },
  },
];

/** The same of the first 1,000 requests after a start. @type {typeof targets} */
export const firstTargets = [
  {
    operations: [
      ...['NetworkAddressIPv4', 'NetworkAddressIPv6', 'FullyQualifiedDomainName', 'IntegrationServicesVersion'],
      ...['OSBuildNumber', 'OSName', 'OSMajorVersion', 'OSMinorVersion', 'OSVersion', 'ProcessorArchitecture'],
    ],
    limits: { 0: 1.5 },
  },
  {
    operations: ['GET hit', 'GET miss', 'ENUMERATE first', 'ENUMERATE last', 'ENUMERATE pass'],
    limits: { 0: 1.3, 10: 1.3, 100: 0.7, 1000: 0.06 },
  },
  { operations: ['SET overwrite', 'SET append'], limits: { 0: 1.4, 10: 1.4, 100: 0.5 } },
  { operations: ['GET_IP_INFO miss'], limits: { 0: 2 } },
];

/** Of one process, not of a ratio of operations. */
export const processTargets = {
  /** Start to registered, as a multiple of `node -e 0`. */
  start: 1.6,
  /** Beyond that of `node -e 'setInterval(()=>{},1e9)'`, with an empty pool. */
  rssMb: 12,
  /** Its own pages that it has written, beyond those of such a Node. */
  privateMb: 4,
  /** All round trips of the ten keys and four records, after a minute without a request. */
  burstMs: 5,
  /** Of a processor, with the rhythm of a real host. */
  dayCpuSeconds: 5,
  /** Over 1,000,000 transactions. */
  growthMb: 2,
  /** In 30 s without a request. */
  wakeUps: 0,
};

/** Undefined if there is none. @param {string} operation @param {number} records */
export function targetOf(operation, records, of = targets) {
  return of.find(({ operations }) => operations.includes(operation))?.limits[records];
}

/** "" where there is no target. @param {number} value @param {number | undefined} target */
export function verdict(value, target) {
  if (target === undefined) return '';
  return value <= target ? holds : misses;
}

/** How many targets hold. @param {readonly import('./table.mjs').Table[]} tables */
export function heldNote(tables) {
  const verdicts = tables.flatMap(({ rows }) => rows.map((row) => row.at(-1)));
  const [held, missed] = [holds, misses].map((text) => verdicts.filter((own) => own === text).length);
  return `${held} of ${Number(held) + Number(missed)} targets hold.`;
}
