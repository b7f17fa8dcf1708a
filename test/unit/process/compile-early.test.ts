import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { compilerSettings } from '../../../src/process/compile-early.ts';

test('this V8 knows each of its settings: one that it does not know, it reports on standard error', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const names = compilerSettings().map((setting) => setting.replace(/=\d+$/, ''));
  expect(names.filter((name) => !known.includes(`  ${name} (`))).toEqual([]);
});

test('those of other V8s differ', () => {
  expect(compilerSettings('11.3.244.8-node.38')).toContain('--interrupt-budget=5000');
  expect(compilerSettings('12.4.254.21-node.33')).toContain('--invocation-count-for-turbofan=100');
});
