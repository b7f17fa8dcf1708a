import { usage } from '../process/arguments.ts';

/** The daemon's own name, and the one that it has in the RPM. */
export const daemonNames = ['hv_kvp_daemon', 'hypervkvpd'] as const;

export interface DaemonOption {
  readonly short: string | undefined;
  readonly long: string;
  /** Its name; undefined for an option that takes none. */
  readonly value: string | undefined;
  readonly description: string;
}

/** What the daemon takes, as its help says. */
export const daemonOptions: readonly DaemonOption[] = Array.from(
  usage.matchAll(/^ +(?:-(\w), +)?--([\w-]+)(?: ([A-Z]+))? +(.*)$/gm),
  ([, short, long = '', value, description = '']) => ({ short, long, value, description }),
);
