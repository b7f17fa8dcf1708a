import type { Reporter, TestModule } from 'vitest/node';

/** Says at the end of a run what was skipped, and why: one line for each reason. */
// eslint-disable-next-line import-x/no-default-export -- vitest takes a reporter's default export.
export default class SkippedLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const line of skippedLines(modules)) console.log(line);
  }
}

export function skippedLines(modules: readonly TestModule[]): string[] {
  const counts = new Map<string, number>();
  for (const test of modules.flatMap((module) => [...module.children.allTests('skipped')])) {
    const result = test.result();
    const reason = (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `skipped ${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`);
}
