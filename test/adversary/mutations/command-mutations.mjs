/** A command or a call that does more than it was told. @type {readonly import('./mutations.mjs').Mutation[]} */
export const commandMutations = [
  {
    name: 'a key of that very name that is taken for a pattern',
    file: 'src/hvkvp/pools/meant-keys.ts',
    find: 'records.some(({ key }) => key.equals(given.key)) ?',
    replace: 'records.length < 0 ?',
    test: 'test/programs/hvkvp/patterns.test.ts',
  },
  {
    name: 'a pattern that deletes without a question',
    file: 'src/hvkvp/pools/delete.ts',
    find: 'if (isWide && !yes)',
    replace: 'if (isWide && yes)',
    test: 'test/programs/hvkvp/patterns.test.ts',
  },
  {
    name: 'a value of the host on the command line that it starts',
    file: 'src/hvkvp/pools/exec-command.ts',
    find: 'const [program, ...args] = words;',
    replace: 'const [program, ...args] = [words[0], ...words.slice(1), change.value.toString()] as const;',
    test: 'test/programs/hvkvp/exec.test.ts',
  },
  {
    name: 'commands of a watch that run side by side',
    file: 'src/hvkvp/pools/watch.ts',
    find: "if ('key' in change) await run(",
    replace: "if ('key' in change) void run(",
    test: 'test/programs/hvkvp/exec.test.ts',
  },
  {
    name: 'a look each second that has the daemon run programs',
    file: 'src/hvkvp/daemon/repeated-status.ts',
    find: 'if (state !== this.#state || this.#now() >= this.#keptUntil) {',
    replace: 'if (state.length > 0) {',
    test: 'test/programs/hvkvp/top.test.ts',
  },
  {
    name: 'a change that is made though its caller has given it up',
    file: 'src/pools/attempt.ts',
    find: '    signal?.throwIfAborted();',
    replace: '    void signal;',
    test: 'test/unit/library/waiting.test.ts',
  },
  {
    name: 'a folder of a simulation that is removed once only, though its daemon still writes there',
    file: 'src/hvkvp/simulate/guest.ts',
    find: 'if (left === 1) throw error;',
    replace: 'throw error;',
    test: 'test/programs/hvkvp/failing-output.test.ts',
  },
];
