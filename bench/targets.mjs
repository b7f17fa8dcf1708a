import { autoKeys } from './auto-keys.mjs';

const holds = 'holds';
const misses = 'does NOT hold';

const reads = ['GET hit', 'GET miss', 'ENUMERATE first', 'ENUMERATE last', 'ENUMERATE pass'];
const changes = ['SET overwrite', 'SET append'];
const missingAdapter = ['GET_IP_INFO miss'];

/**
 * What the targets are for, in rows of a report. Ratios of our time to the C daemon's, by the number of records: round trips in one run,
 * medians, both on one processor, durability "memory".
 */
export const groups = [
  { name: 'automatic keys', operations: autoKeys, records: [0] },
  { name: 'GET, ENUMERATE at 0–10 records', operations: reads, records: [0, 10] },
  { name: 'GET, ENUMERATE at 100 records', operations: reads, records: [100] },
  { name: 'GET, ENUMERATE at 1,000 records', operations: reads, records: [1000] },
  { name: 'SET at 0–10 records', operations: changes, records: [0, 10] },
  { name: 'SET at 100 records', operations: changes, records: [100] },
  { name: 'GET_IP_INFO of an adapter that is not there', operations: missingAdapter, records: [0] },
];

/**
 * Of requests after many others. Operations without a row have no target.
 * @type {readonly { operations: readonly string[], limits: Readonly<Record<number, number>> }[]}
 */
export const targets = [
  { operations: autoKeys, limits: { 0: 1.1 } },
  { operations: reads, limits: { 0: 0.9, 10: 0.9, 100: 0.5, 1000: 0.05, 10_000: 0.005 } },
  { operations: changes, limits: { 0: 0.9, 10: 0.9, 100: 0.25, 1000: 0.03, 10_000: 0.002 } },
  { operations: missingAdapter, limits: { 0: 1 } },
  { operations: ['GET_IP_INFO hit'], limits: { 0: 0.05 } },
];

/** The same of the first 1,000 requests after a start. @type {typeof targets} */
export const firstTargets = [
  { operations: autoKeys, limits: { 0: 1.5 } },
  { operations: reads, limits: { 0: 1.3, 10: 1.3, 100: 0.7, 1000: 0.06 } },
  { operations: changes, limits: { 0: 1.4, 10: 1.4, 100: 0.5 } },
  { operations: missingAdapter, limits: { 0: 2 } },
];

/** From so many records on, the C daemon takes so long that a target is about as long as the transport: it is for what is above that. */
const aboveEchoFrom = 1000;

/** What a target is compared with. @param {number} records @param {number} ratio @param {number} ratioAboveEcho */
export function judged(records, ratio, ratioAboveEcho) {
  return records >= aboveEchoFrom ? ratioAboveEcho : ratio;
}

/** Of one process, not of a ratio of operations. */
export const processTargets = {
  /** Start to registered, as a multiple of `node -e 0`. */
  start: 1.3,
  /** Its own pages that it has written, beyond those of a Node that does nothing: after the start, with an empty pool. */
  privateMb: 4,
  /** The same after 1,000,000 transactions. */
  privateLaterMb: 6,
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
