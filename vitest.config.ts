import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// As the launcher sets it: our programs then change their user by the addon, since Debian's Node does not. The workers inherit it.
process.env['UV_USE_IO_URING'] = '0';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // It has a configuration of its own.
    exclude: ['test/lab/install', 'test/lab/distributions', '**/node_modules'],
    globalSetup: 'test/support/own-temporary-folder.ts',
    testTimeout: 20_000,
    // Most tests wait for processes that they started.
    maxWorkers: availableParallelism() + 1,
    // Where network namespaces end, the kernel may hold a process up for seconds, past a time-out under test. The closing lines name it.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
});
