/** What a client of the control socket must not do to the daemon. @type {readonly import('./mutations.mjs').Mutation[]} */
export const controlMutations = [
  {
    name: 'a queue without bound for a client that does not read',
    file: 'src/control/conversation.ts',
    find: 'return this.#socket.writableLength + line.length <= queueLimit;',
    replace: 'return line.length <= queueLimit;',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'a line without bound from a client',
    file: 'src/control/conversation.ts',
    find: 'end > lineLimit || (end < 0 && this.#input.length > lineLimit)',
    replace: 'end > lineLimit',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'requests of a client answered as fast as they come',
    file: 'src/control/conversation.ts',
    find: '}, restMs);',
    replace: '}, 0);',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'events made for nobody',
    file: 'src/control/server.ts',
    find: 'const lines = new Map<boolean, Buffer>();',
    replace: 'const lines = new Map([[false, encodeLine(event(false))]]);',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'a socket with the mode that the umask leaves',
    file: 'src/control/socket-file.ts',
    find: '  chmodSync(ownName, privateModes.file);\n',
    replace: '',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'a socket taken from a daemon that lives',
    file: 'src/control/socket-file.ts',
    find: 'if (await isAlive(path)) throw',
    replace: 'if ((await isAlive(path)) && path === "") throw',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'a socket of a successor taken away',
    file: 'src/control/socket-file.ts',
    find: '?.ino === ino) rmSync',
    replace: '?.ino !== undefined) rmSync',
    test: 'test/control/server.test.ts',
  },
  {
    name: 'values told to those who did not ask for them',
    file: 'src/control/transaction-event.ts',
    find: '...(values && { value: bytes.toString() })',
    replace: 'value: bytes.toString()',
    test: 'test/process/control.test.ts',
  },
  {
    name: 'values recorded without being asked for',
    file: 'src/commands/monitor.ts',
    find: 'client.events(values)',
    replace: 'client.events(true)',
    test: 'test/commands/monitor.test.ts',
  },
  {
    name: 'a bad configuration that leaves the daemon with its defaults',
    file: 'src/daemon/reload.ts',
    find: "      log.error('the configuration cannot be used",
    replace:
      "      use({ ...current(), injection: { ...current().injection, policy: { ...current().injection.policy, mode: 'apply' } } });\n      log.error('the configuration cannot be used",
    test: 'test/process/reload.test.ts',
  },
];
