import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { skippedLines } from './skipped-lines.ts';

/**
 * Closes a run of vitest with a line for each test that failed, at its first try or altogether, and the line that all our runs close with: `N passed, M failed`.
 * What was left out counts as failed.
 */
// eslint-disable-next-line import-x/no-default-export -- vitest takes a reporter's default export.
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0);
    for (const line of skippedLines(modules)) console.log(line);
    for (const module of broken) console.log(`FAILED ${fileOf(module)}`);
    for (const test of tests) {
      if (test.diagnostic()?.flaky === true) {
        console.log(`passed at the second try: ${fileOf(test.module)}: ${test.fullName}`);
      }
      if (test.result().state === 'failed') console.log(`FAILED ${fileOf(test.module)}: ${test.fullName}`);
    }
    console.log(`${passed} passed, ${tests.length - passed + broken.length + unhandledErrors.length} failed`);
    if (passed < tests.length) process.exitCode = 1;
  }
}

const fileOf = (module: TestModule): string => relative(process.cwd(), module.moduleId);
