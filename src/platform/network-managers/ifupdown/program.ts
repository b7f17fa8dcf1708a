import { ask } from '../../ask.ts';
import type { Machine } from '../../machine.ts';

/** Whose ifup(8) a machine has. Debian's of before 0.8.30 knows no more than busybox's of what matters here. */
export type IfupdownProgram = 'debian' | 'ifupdown-ng' | 'busybox';

export async function ifupdownProgram(machine: Machine): Promise<IfupdownProgram> {
  const { output } = await ask(machine, 'ifup', ['--version']);
  if (/^ifup version 0\.(8\.[3-9]\d|9|\d\d)/.test(output)) return 'debian';
  return output.startsWith('ifupdown-ng ') ? 'ifupdown-ng' : 'busybox';
}
