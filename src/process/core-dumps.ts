import { native } from '../device/native.ts';
import { troubleOf } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';

/** Keeps values out of core files, unless those are wanted. A system that refuses, as FreeBSD does under a debugger, costs a warning. */
export function allowCoreDumps(allowed: boolean, log: Log): void {
  const trouble = troubleOf(() => {
    native.allowCoreDumps(allowed);
  });
  if (trouble !== '') log.warning(`cannot ${allowed ? 'allow' : 'forbid'} core dumps: ${trouble}`);
}
