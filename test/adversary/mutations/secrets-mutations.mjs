/** What a value of a pool must not be seen by. @type {readonly import('./mutations.mjs').Mutation[]} */
export const secretsMutations = [
  {
    name: 'secrets: core files whatever the configuration says',
    file: 'src/daemon/main.ts',
    find: 'allowCoreDumps(settings.coreDumps, log);',
    replace: 'allowCoreDumps(true, log);',
    test: 'test/programs/daemon/secrets.test.ts',
  },
  {
    name: 'secrets: requests with their values in every log',
    file: 'src/session/serve.ts',
    find: 'log.debug(() => `request: ${describeRequest(request)}`)',
    replace: 'log.info(`request: ${describeRequest(request)}`)',
    test: 'test/programs/daemon/secrets.test.ts',
  },
  {
    name: 'secrets: values told to those who did not ask for them',
    file: 'src/control/transaction-event.ts',
    find: '...(values && { value: bytes.toString() })',
    replace: 'value: bytes.toString()',
    test: 'test/programs/daemon/secrets.test.ts',
  },
  {
    name: 'secrets: journals that everybody reads',
    file: 'src/pools/journal-file.ts',
    find: 'fchmodSync(fd, privateModes.file);',
    replace: 'fchmodSync(fd, 0o644);',
    test: 'test/programs/daemon/secrets.test.ts',
  },
  {
    name: 'secrets: texts of the site’s own keys told to those who did not ask for them',
    file: 'src/configuration/in-force.ts',
    find: "const withheld = !values && key.startsWith(siteKeys) && typeof value === 'string';",
    replace: "const withheld = key === '' && typeof value === 'string';",
    test: 'test/programs/hvkvp/config.test.ts',
  },
  {
    name: 'secrets: a diagnosis with what the log says of requests',
    file: 'src/hvkvp/diagnose/mask.ts',
    find: '`$1: $2 ${masked}`',
    replace: "'$&'",
    test: 'test/programs/hvkvp/diagnose.test.ts',
  },
];
