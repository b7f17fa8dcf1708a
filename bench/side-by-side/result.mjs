import { verdict } from '../targets.mjs';
import { pairs } from './pairs.mjs';

/** @typedef {import('./compare.mjs').Measured} Measured @typedef {import('../table.mjs').Table} Table */

const nanosecondsPerMicrosecond = 1000;

/** What a transaction takes; the ratios and their targets, at 1,000 records and more for what is above the echo. @param {string} title @param {readonly Measured[]} measured @returns {Table} */
export function ratioTable(title, measured) {
  return {
    title,
    columns: ['µs', 'records', 'ours', 'p99', 'C', 'p99', 'echo', 'ours/C', 'above echo', 'target', ''],
    rows: pairs(measured).map(
      ({ operation, records, ours, stock, floorNs, ratio, ratioAboveFloor, judged, target }) => [
        ...[operation, records, ...microseconds(ours), ...microseconds(stock), floorNs / nanosecondsPerMicrosecond],
        ...[ratio, ratioAboveFloor, target ?? '', verdict(judged, target)],
      ],
    ),
  };
}

/** The ratios alone. @param {string} title @param {readonly Measured[]} measured @returns {Table} */
export function matrixTable(title, measured) {
  const all = pairs(measured);
  const sizes = [...new Set(all.map(({ records }) => records))];
  const operations = [...new Set(all.map(({ operation }) => operation))];
  return {
    title,
    columns: ['', ...sizes.map(String)],
    rows: operations.map((operation) => [
      operation,
      ...sizes.map((size) => all.find((own) => own.operation === operation && own.records === size)?.ratio ?? ''),
    ]),
  };
}

/** @param {Measured} measured */
function microseconds({ p50, p99 }) {
  return [p50 / nanosecondsPerMicrosecond, p99 / nanosecondsPerMicrosecond];
}

/** What a transaction uses. @param {readonly Measured[]} measured @returns {Table} */
export function usageTable(measured) {
  return {
    title: 'Used by a transaction (SET append and DELETE last: by one of each)',
    columns: ['', 'records', 'ours/s', 'C/s', 'ours CPU µs', 'C CPU µs', 'ours bytes written', 'C bytes written'],
    rows: pairs(measured).map(({ operation, records, ours, stock }) => [
      ...[operation, records, ours.perSecond, stock.perSecond],
      ...[ours.cpuNs / nanosecondsPerMicrosecond, stock.cpuNs / nanosecondsPerMicrosecond],
      ...[Math.round(ours.bytesWritten), Math.round(stock.bytesWritten)],
    ]),
  };
}

/** SET and DELETE that a power cut does not undo. @param {readonly Measured[]} measured @returns {Table} */
export function diskTable(measured) {
  return {
    title: 'Durability "disk", µs (the C daemon never syncs, and is on a tmpfs)',
    columns: ['', 'records', 'ours', 'p99', 'C'],
    rows: pairs(measured, 'ours, disk').map(({ operation, records, ours, stock }) => [
      ...[operation, records, ...microseconds(ours), stock.p50 / nanosecondsPerMicrosecond],
    ]),
  };
}

/** @param {readonly { program: string, records: number, peakRssMb: number }[]} memory @returns {Table} */
export function memoryTable(memory) {
  const sizes = [...new Set(memory.map(({ records }) => records))];
  const programs = [...new Set(memory.map(({ program }) => program))];
  return {
    title: 'Memory at most (peak RSS) by the number of records, MB',
    columns: ['', ...sizes.map(String)],
    rows: programs.map((program) => [
      program,
      ...memory.filter((own) => own.program === program).map(({ peakRssMb }) => peakRssMb),
    ]),
  };
}

/** Medians against the number of records. @param {readonly Measured[]} measured @returns {readonly import('../run.mjs').Figure[]} */
export function figures(measured) {
  const operations = ['GET hit', 'SET overwrite'];
  return operations.map((operation) => ({
    name: `side-by-side-${operation.toLowerCase().replaceAll(' ', '-')}`,
    title: operation,
    x: 'records',
    y: 'µs, median',
    lines: ['ours', 'C', 'echo'].map((program) => ({
      name: program,
      points: measured
        .filter((own) => own.program === program && own.operation === operation)
        .map(({ records, p50 }) => /** @type {const} */ ([records, p50 / nanosecondsPerMicrosecond])),
    })),
  }));
}
