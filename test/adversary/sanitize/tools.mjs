import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * A tool that watches the addon while it runs: flags of the compiler, what goes before a program, the environment in which reports
 * are written into a folder, and which of them are about us.
 * @typedef {object} Tool
 * @property {string} name
 * @property {'address' | 'thread' | 'valgrind'} folder of its tree
 * @property {readonly string[]} flags
 * @property {(reports: string) => readonly string[]} prefix
 * @property {(reports: string) => NodeJS.ProcessEnv} environment
 * @property {(report: string) => boolean} isOurs
 * @property {boolean} runsTests whether the tests are run under it too, or the exercise alone
 */

/** @type {Tool} */
export const addressSanitizer = {
  name: 'AddressSanitizer, LeakSanitizer, UndefinedBehaviorSanitizer',
  folder: 'address',
  flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
  prefix: () => [],
  environment: (reports) => ({
    LD_PRELOAD: library('libasan.so'),
    ASAN_OPTIONS: `abort_on_error=1:log_path=${join(reports, 'address')}`,
    // A process that has leaked ends as it would have, or every test of a Node that ends by process.exit would fail.
    LSAN_OPTIONS: 'exitcode=0',
    UBSAN_OPTIONS: 'abort_on_error=1:print_stacktrace=1',
  }),
  // Node leaves to the kernel what it has when process.exit() ends it: leaks are ours if we have allocated them.
  isOurs: (report) => !report.includes('LeakSanitizer') || leaks(report).some(isAllocatedByUs),
  runsTests: true,
};

/** @type {Tool} */
export const threadSanitizer = {
  name: 'ThreadSanitizer',
  folder: 'thread',
  flags: ['-fsanitize=thread'],
  prefix: () => [],
  environment: (reports) => ({
    LD_PRELOAD: library('libtsan.so'),
    // Node itself is not instrumented: what it synchronises by atomics would pass for races.
    TSAN_OPTIONS: `ignore_noninstrumented_modules=1:log_path=${join(reports, 'thread')}`,
  }),
  isOurs: () => true,
  runsTests: true,
};

/** @type {Tool} */
export const valgrind = {
  name: 'valgrind',
  folder: 'valgrind',
  flags: [],
  prefix: (reports) => [
    'valgrind',
    '--leak-check=full',
    '--errors-for-leak-kinds=definite',
    `--log-file=${join(reports, 'valgrind.%p')}`,
  ],
  environment: () => ({}),
  isOurs: (report) => !report.includes('ERROR SUMMARY: 0 errors'),
  runsTests: false,
};

/** A paragraph each. @param {string} report */
function leaks(report) {
  return report.split('\n\n').filter((paragraph) => paragraph.includes(' leak of '));
}

/** Not by V8, which allocates for its heap whenever it is called. @param {string} leak with the innermost frame first */
function isAllocatedByUs(leak) {
  const frames = leak.split('\n');
  const own = frames.findIndex((frame) => frame.includes('/hv_kvp'));
  return own !== -1 && !frames.slice(0, own).some((frame) => frame.includes('v8::internal::'));
}

/** The compiler's runtime, which must be in the process before Node. @param {string} name */
function library(name) {
  return spawnSync('g++', [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim();
}
