import type { Log } from '../log/log.ts';

/** Signals for which Node would open its debugger, or write a report; for us they mean nothing. Each is logged once. */
export function ignoreNodeSignals(log: Log): void {
  for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) {
    let isLogged = false;
    process.on(signal, () => {
      if (!isLogged) log.notice(`${signal} is ignored`);
      isLogged = true;
    });
  }
}
