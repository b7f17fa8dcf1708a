import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // It has a configuration of its own.
    exclude: ['test/lab/install', 'test/lab/distributions', '**/node_modules'],
    globalSetup: 'test/support/own-temporary-folder.ts',
    testTimeout: 20_000,
    // Most tests wait for processes that they started.
    maxWorkers: availableParallelism() + 1,
    // A virtual machine may stand still for seconds, and time-outs that are tested pass meanwhile. The closing line names what was tried again.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
