import { setFlagsFromString } from 'node:v8';

/** From V8 12 on it counts how often a function was called, before that by the size of what has run. */
export function compilerSettings(v8 = process.versions.v8): readonly string[] {
  const lasting = '--minimum-invocations-after-ic-update=50';
  return Number.parseInt(v8, 10) < 12
    ? ['--interrupt-budget=5000', '--ticks-before-optimization=1', lasting]
    : ['--invocation-count-for-maglev=30', '--invocation-count-for-turbofan=100', lasting];
}

/**
 * From now on V8 compiles what some hundred requests have run, where it would wait for thousands: a host sends a few dozen a minute. To be
 * called when all is ready for them, since compiling the start, whose code runs once, would cost memory.
 */
export function compileEarly(): void {
  for (const setting of compilerSettings()) setFlagsFromString(setting);
}
