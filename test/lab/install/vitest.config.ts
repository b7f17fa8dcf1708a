import { defineConfig } from 'vitest/config';

const minutes = 60_000;

// Apart from the others: what is packed is installed by npm, which takes minutes and a registry.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: '../../support/own-temporary-folder.ts',
    testTimeout: 10 * minutes,
    // The first compilation by Zig is one of its libraries for six systems, too.
    hookTimeout: 30 * minutes,
  },
});
