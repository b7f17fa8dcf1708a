/** Changes that a watch or a wait would miss. @type {readonly import('./mutations.mjs').Mutation[]} */
export const poolChangesMutations = [
  {
    name: 'a wait that looks first and watches afterwards',
    file: 'src/pool-changes/watch-pools.ts',
    find: '      watch.markKnown();\n      const found = await find();',
    replace: '      const found = await find();\n      watch.markKnown();',
    test: 'test/unit/pool-changes/watch-pools.test.ts',
  },
  {
    name: 'a watch that is deaf while a change is taken',
    file: 'src/pool-changes/watch-pools.ts',
    find: '      known = now;\n',
    replace: '      known = now;\n      watch.markKnown();\n',
    test: 'test/unit/pool-changes/watch-pools.test.ts',
  },
];
