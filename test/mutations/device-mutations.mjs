/** What the drivers must not be done. @type {readonly import('./mutations.mjs').Mutation[]} */
export const deviceMutations = [
  {
    name: 'a read that poll has not announced',
    file: 'native/message_channel.cc',
    find: '    if (revents == 0) {',
    replace: '    if (fd_.get() < 0) {',
    test: 'test/native/freebsd-device.test.ts',
  },
  {
    name: 'a read at the offset of the open file',
    file: 'native/message_channel.cc',
    find: 'system_calls.pread(fd_.get(), buffer, size, 0)',
    replace: 'system_calls.pread(fd_.get(), buffer, size, 7430)',
    test: 'test/native/freebsd-device.test.ts',
  },
  {
    name: 'a negative errno left as it is',
    file: 'native/message_channel.cc',
    find: 'errno = std::abs(errno);',
    replace: 'errno = +errno;',
    test: 'test/native/freebsd-device.test.ts',
  },
  {
    name: 'a device that is armed again before the reply',
    file: 'src/device/session.ts',
    find: '    const reply = this.#options.serve(',
    replace: '    device.arm();\n    const reply = this.#options.serve(',
    test: 'test/device/freebsd-session.test.ts',
  },
  {
    name: 'a reply that comes too late dropped on FreeBSD too',
    file: 'src/device/session.ts',
    find: 'if (!dialect.expiresRequests) {',
    replace: "if (dialect.system === 'linux' && !dialect.expiresRequests) {",
    test: 'test/device/freebsd-session.test.ts',
  },
  {
    name: 'an export that FreeBSD’s folder lacks',
    file: 'src/platform/linux/conventions.ts',
    find: 'export const conventions',
    replace: 'export const more = true;\nexport const conventions',
    test: 'test/platform/parity.test.ts',
  },
  {
    name: 'programs that may take as long as any',
    file: 'src/platform/ask.ts',
    find: 'return machine.run(program, args, { timeoutMs });',
    replace: 'return machine.run(program, args, { timeoutMs: timeoutMs + 2000 });',
    test: 'test/platform/freebsd/guests.test.ts',
  },
];
