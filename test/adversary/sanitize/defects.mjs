import { addressSanitizer, threadSanitizer, valgrind } from './tools.mjs';

/**
 * A defect that the tools named must report of the exercise, or they would not report one of ours.
 * @typedef {object} Defect
 * @property {string} name
 * @property {string} file
 * @property {string} find
 * @property {string} replace
 * @property {ReadonlyMap<import('./tools.mjs').Tool, RegExp>} reports
 */

/** @type {readonly Defect[]} */
export const defects = [
  {
    name: 'a read of a byte more than the buffer has',
    file: 'native/file_io.cc',
    find: 'pread(fd, into.Data(), into.Length(),',
    replace: 'pread(fd, into.Data(), into.Length() + 1,',
    reports: new Map([
      [addressSanitizer, /heap-buffer-overflow/],
      [valgrind, /Syscall param pread64\(buf\) points to unaddressable byte/],
    ]),
  },
  {
    name: 'a text that nobody frees',
    file: 'native/process.cc',
    find: 'const std::string name = info[0].As<Napi::String>();\n  NameThisThread',
    replace: 'const std::string& name = *new std::string(info[0].As<Napi::String>());\n  NameThisThread',
    reports: new Map([
      [addressSanitizer, /Direct leak of [^]*SetProcessName/],
      [valgrind, /SetProcessName[^]*are definitely lost|are definitely lost[^]*SetProcessName/],
    ]),
  },
  {
    name: 'a flag without a first value',
    file: 'native/poll_thread.h',
    find: 'bool running_ = false;',
    replace: 'bool running_;',
    reports: new Map([
      [addressSanitizer, /not a valid value for type 'bool'/],
      [valgrind, /Conditional jump or move depends on uninitialised value/],
    ]),
  },
  {
    name: 'a flag of one thread that another writes',
    file: 'native/poll_thread.cc',
    find: 'const short revents = WaitForEvents();',
    replace: 'const short revents = WaitForEvents(); armed_ = false;',
    reports: new Map([[threadSanitizer, /data race/]]),
  },
];
