/** What a value of a pool must not be seen by. @type {readonly import('./mutations.mjs').Mutation[]} */
export const secretsMutations = [
  {
    name: 'secrets: core files whatever the configuration says',
    file: 'src/daemon/main.ts',
    find: 'allowCoreDumps(settings.coreDumps, log);',
    replace: 'allowCoreDumps(true, log);',
    test: 'test/process/secrets.test.ts',
  },
  {
    name: 'secrets: requests with their values in every log',
    file: 'src/daemon/serve.ts',
    find: 'log.debug(() => `request: ${describeRequest(request)}`)',
    replace: 'log.info(`request: ${describeRequest(request)}`)',
    test: 'test/process/secrets.test.ts',
  },
  {
    name: 'secrets: values told to those who did not ask for them',
    file: 'src/control/transaction-event.ts',
    find: '...(values && { value: bytes.toString() })',
    replace: 'value: bytes.toString()',
    test: 'test/process/secrets.test.ts',
  },
  {
    name: 'secrets: journals that everybody reads',
    file: 'src/pools/journal.ts',
    find: 'fchmodSync(fd, privateModes.file);',
    replace: 'fchmodSync(fd, 0o644);',
    test: 'test/process/secrets.test.ts',
  },
];
