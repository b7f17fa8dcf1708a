import type { Reporter, TestModule } from 'vitest/node';
import { skippedLines } from './skipped-lines.ts';

/** Closes a run of vitest with the line that all our runs close with: `N passed, M failed`. What was left out counts as failed. */
// eslint-disable-next-line import-x/no-default-export -- vitest takes a reporter's default export.
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandledErrors.length;
    for (const line of skippedLines(modules)) console.log(line);
    console.log(`${passed} passed, ${tests.length - passed + broken} failed`);
    if (passed < tests.length) process.exitCode = 1;
  }
}
