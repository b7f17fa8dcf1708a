import { setFlagsFromString } from 'node:v8';

/**
 * From now on V8 compiles what hundreds of requests have run, where it would wait for thousands: a host sends a few dozen a minute. To be
 * called when the start is over, whose code runs once.
 */
export function compileEarly(): void {
  setFlagsFromString('--interrupt-budget=5000');
  setFlagsFromString('--ticks-before-optimization=1');
  setFlagsFromString('--minimum-invocations-after-ic-update=50');
}
