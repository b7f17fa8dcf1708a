/**
 * @typedef {object} Mutation
 * @property {string} name what the mutant does, or leaves out
 * @property {string} file
 * @property {string} find must occur exactly once
 * @property {string} replace
 * @property {string} test the file that must fail on it
 */

/** Each is the naive way of something that a safety test is there for. @type {readonly Mutation[]} */
export const mutations = [
  {
    name: 'no journal',
    file: 'src/pools/edits.ts',
    find: '  journal.write(change, file.inode, size);\n',
    replace: '',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'no journal (kill storm)',
    file: 'src/pools/edits.ts',
    find: '  journal.write(change, file.inode, size);\n',
    replace: '',
    test: 'test/pools/kill-storm.test.ts',
  },
  {
    name: 'no replay',
    file: 'src/pools/recovery.ts',
    find: 'if (entry === undefined) return',
    replace: 'if (entry !== null) return',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that judges a DELETE by the size alone',
    file: 'src/pools/replay.ts',
    find: 'const isEndWhole = end.equals(endBefore);',
    replace: 'const isEndWhole = file.size >= sizeBefore;',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that writes over what a neighbour wrote',
    file: 'src/pools/replay.ts',
    find: "isMixture(now, before, after, damage) ? { kind: 'repair'",
    replace: "now.length > 0 ? { kind: 'repair'",
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that completes a cut append where it is, over what was appended behind it',
    file: 'src/pools/replay.ts',
    find: 'bytes: noBytes, hole: { offset, length: cut } }',
    replace: 'bytes: after, hole: undefined }',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that touches the time of modification',
    file: 'src/pools/pool-file.ts',
    find: '    futimesSync(this.#opened(this.#writer), inSeconds(atimeNs), inSeconds(mtimeNs));\n',
    replace: '',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that trusts an entry that was never synced',
    file: 'src/pools/recovery.ts',
    find: "return entry.durability === 'disk' || boot === '' ? 'torn' : undefined;",
    replace: "return 'torn';",
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a replay that expects whole sectors after a power failure',
    file: 'src/pools/recovery.ts',
    find: "? 'torn' : undefined",
    replace: "? 'cut' : undefined",
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a replay that marks done what is not on the disk yet',
    file: 'src/pools/recovery.ts',
    find: "  if (durability === 'disk') file.sync();\n  journal.done();",
    replace: '  journal.done();',
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a journal that is not synced',
    file: 'src/pools/journal.ts',
    find: "if (durability === 'disk')",
    replace: "if (durability !== 'disk')",
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a pool file that is not synced',
    file: 'src/pools/edits.ts',
    find: "    if (durability === 'disk') file.sync();\n    return result;",
    replace: '    return result;',
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a journal with one slot',
    file: 'src/pools/journal.ts',
    find: 'const slot = 1 - this.#slot;',
    replace: 'const slot = this.#slot;',
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a journal without checksums',
    file: 'src/pools/journal-entry.ts',
    find: 'if (numberAt(bytes, layout.imagesChecksum) !== crc32(images)) return undefined;',
    replace: '',
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a cache that is checked by the time of modification alone',
    file: 'native/change_watch.cc',
    find: 'if (!settled_ || HasReport()) return result(true);',
    replace:
      'struct stat now; return result(!settled_ || lstat(path_.c_str(), &now) != 0 || !SameTime(now.st_mtim, status_.st_mtim));',
    test: 'test/pools/pool.test.ts',
  },
  {
    name: 'a cache that is never checked',
    file: 'src/pools/pool-access.ts',
    find: 'if (found !== held && !this.#watch.changed()) return found;',
    replace: 'if (found !== held) return found;',
    test: 'test/pools/pool.test.ts',
  },
  {
    name: 'no fcntl lock',
    file: 'native/file_lock.cc',
    find: 'return fcntl(fd, kSetLock, &lock);',
    replace: 'return (void)fd, (void)lock, 0;',
    test: 'test/pools/lock.test.ts',
  },
  {
    name: 'no flock',
    file: 'native/file_lock.cc',
    find: 'return flock(fd, operation);',
    replace: 'return (void)fd, (void)operation, 0;',
    test: 'test/pools/lock.test.ts',
  },
  {
    name: 'no locks at all',
    file: 'src/pools/pool-access.ts',
    find: 'if (!native.tryLock(fd, mode)) return held;',
    replace: '',
    test: 'test/pools/lock.test.ts',
  },
  {
    name: 'a new file renamed over the old one',
    file: 'src/pools/pool-file.ts',
    find: '  write(bytes: Buffer, position: Position): void {\n',
    replace:
      '  write(bytes: Buffer, position: Position): void {\n    copyFileSync(this.path, `${this.path}.new`);\n    renameSync(`${this.path}.new`, this.path);\n',
    test: 'test/pools/pool.test.ts',
  },
  {
    name: 'a write to the file that the path named before',
    file: 'src/pools/pool-file.ts',
    find: 'return status?.ino === this.inode && status.dev === this.#device;\n  }\n\n  /** A descriptor',
    replace: 'return status !== null;\n  }\n\n  /** A descriptor',
    test: 'test/pools/pool.test.ts',
  },
  {
    name: 'an append at an offset',
    file: 'src/pools/edits.ts',
    find: "file.write(after, 'end');",
    replace: 'file.write(after, offset);',
    test: 'test/pools/faults.test.ts',
  },
  {
    name: 'no watch for truncations during a write',
    file: 'src/pools/truncation-guard.ts',
    find: 'if (now.equals(this.#before)) return false;',
    replace: 'if (now.length >= 0) return false;',
    test: 'test/pools/faults.test.ts',
  },
  {
    name: 'a failed write that is not undone',
    file: 'src/pools/edits.ts',
    find: 'if (tryToUndo(edited, change, size)) journal.done();',
    replace: 'journal.done();',
    test: 'test/pools/faults.test.ts',
  },
  {
    name: 'a write that does not go on after a short one',
    file: 'src/pools/disk.ts',
    find: '  while (count < bytes.length) {\n    const from',
    replace: '  if (count < bytes.length) {\n    const from',
    test: 'test/pools/faults.test.ts',
  },
  {
    name: 'a ragged tail that is healed without being saved',
    file: 'src/pools/tail.ts',
    find: '    writeFully(disk, fd, tail, 0);\n',
    replace: '',
    test: 'test/pools/damage.test.ts',
  },
  {
    name: 'links that are followed',
    file: 'src/pools/pool-file.ts',
    find: 'const always = constants.O_NOFOLLOW | constants.O_NONBLOCK;',
    replace: 'const always = constants.O_NONBLOCK;',
    test: 'test/pools/damage.test.ts',
  },
  {
    name: 'the mode left to the umask',
    file: 'src/pools/pool-file.ts',
    find: '    fchmodSync(fd, mode);\n',
    replace: '',
    test: 'test/pools/create-missing.test.ts',
  },
  {
    name: 'the whole file read for each GET',
    file: 'src/pools/pool-access.ts',
    find: '      if (this.#isKnown) {\n        const found',
    replace: '      if (Number.isNaN(this.#warned)) {\n        const found',
    test: 'test/pools/scale.test.ts',
  },
  {
    name: 'a clear record by record',
    file: 'src/pools/edits.ts',
    find: '  file.truncate(0);\n',
    replace: '  for (let size = file.size(); size > 0; size -= recordSize) file.truncate(size - recordSize);\n',
    test: 'test/pools/process-kill.test.ts',
  },
  {
    name: 'a clear that is not synced',
    file: 'src/pools/edits.ts',
    find: "  file.truncate(0);\n  if (durability === 'disk') file.sync();",
    replace: '  file.truncate(0);',
    test: 'test/pools/power-cut.test.ts',
  },
  {
    name: 'a clear that judges the age of the pool before it has the lock',
    file: 'src/pools/pool.ts',
    find: "    const cleared = this.#access.write('empty', false, (edited, index) => {\n",
    replace:
      "    const isOld = this.#access.read((known) => (known?.file.modifiedAtMs() ?? 0) < unchangedSinceMs);\n    if (isOld === true) unchangedSinceMs = Infinity;\n    const cleared = this.#access.write('empty', false, (edited, index) => {\n",
    test: 'test/pools/pool.test.ts',
  },
];
