import { defineConfig } from 'vitest/config';

const minutes = 60_000;

// Apart from the others: packages are built and installed by rpm, which takes minutes.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: '../../support/own-temporary-folder.ts',
    testTimeout: 5 * minutes,
    hookTimeout: 10 * minutes,
  },
});
