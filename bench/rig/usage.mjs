import { readdirSync, readFileSync } from 'node:fs';

/** CONFIG_HZ as user space sees it on every architecture that Node runs on. */
const tickNs = 1e7;
const kilobytesPerMegabyte = 1024;
/** Of /proc/PID/stat, counted behind the parenthesis that ends the program's name. */
const childUserTicks = 13;
const childSystemTicks = 14;
const minorFaults = 7;
const majorFaults = 9;

/**
 * What a process has used so far: processor time of all its threads and ended children, page faults, bytes it gave to write(2), memory
 * now and at most, and how often its threads went to sleep.
 * @param {number} pid
 */
export function usage(pid) {
  const tasks = readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    const [schedstat, status] = ['schedstat', 'status'].map((name) => readIfThere(`${pid}/task/${task}/${name}`));
    return schedstat === undefined || status === undefined ? [] : [{ schedstat, status }];
  });
  const words = (read(`${pid}/stat`).split(') ')[1] ?? '').split(' ').map(Number);
  const childTicks = (words[childUserTicks] ?? 0) + (words[childSystemTicks] ?? 0);
  return {
    cpuNs: sum(tasks.map(({ schedstat }) => Number(schedstat.split(' ')[0]))) + childTicks * tickNs,
    faults: (words[minorFaults] ?? 0) + (words[majorFaults] ?? 0),
    bytesWritten: number(`${pid}/io`, 'wchar'),
    rssMb: number(`${pid}/status`, 'VmRSS') / kilobytesPerMegabyte,
    peakRssMb: number(`${pid}/status`, 'VmHWM') / kilobytesPerMegabyte,
    sleeps: sum(tasks.map(({ status }) => numberIn(status, 'voluntary_ctxt_switches'))),
  };
}

/** Of a process's memory, what is its own, and what is its share of all. The kernel walks every page for it. @param {number} pid */
export function memoryShares(pid) {
  return {
    privateMb: number(`${pid}/smaps_rollup`, 'Private_Dirty') / kilobytesPerMegabyte,
    pssMb: number(`${pid}/smaps_rollup`, 'Pss') / kilobytesPerMegabyte,
  };
}

/**
 * The private memory of a process: in mappings without a name, most of them V8's; in the C library's heap; in all else.
 * @param {number} pid @returns {readonly [mappings: number, heap: number, rest: number]}
 */
export function privateKinds(pid) {
  /** @type {[number, number, number]} */
  const kinds = [0, 0, 0];
  let kind = 0;
  for (const line of read(`${pid}/smaps`).split('\n')) {
    const mapping = /^[\da-f]+-[\da-f]+ \S+ \S+ \S+ \S+ *(.*)$/.exec(line);
    if (mapping) kind = mapping[1] === '' ? 0 : mapping[1] === '[heap]' ? 1 : 2;
    else if (line.startsWith('Private_Dirty:')) kinds[kind] = (kinds[kind] ?? 0) + Number(/\d+/.exec(line)?.[0]);
  }
  const [mappings, heap, rest] = kinds;
  return [mappings / kilobytesPerMegabyte, heap / kilobytesPerMegabyte, rest / kilobytesPerMegabyte];
}

/** @param {string} file of /proc @param {string} name */
function number(file, name) {
  return numberIn(read(file), name);
}

/** @param {string} text @param {string} name */
function numberIn(text, name) {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1]);
}

/** Undefined of a thread that has ended meanwhile. @param {string} file */
function readIfThere(file) {
  try {
    return read(file);
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function read(file) {
  return readFileSync(`/proc/${file}`, 'utf8');
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
