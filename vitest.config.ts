import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // It has a configuration of its own.
    exclude: ['test/install', '**/node_modules'],
    testTimeout: 20_000,
  },
});
