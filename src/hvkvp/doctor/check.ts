import type { Settings } from '../../configuration/settings.ts';
import type { Awaitable } from '../../message/awaitable.ts';
import type { HyperV } from '../../platform/hyper-v.ts';
import type { Machine } from '../../platform/machine.ts';
import type { DaemonReport, Silence } from './daemon-report.ts';
import type { Finding } from './finding.ts';

/** Who is examined. */
export interface Patient {
  readonly machine: Machine;
  readonly hyperV: HyperV;
  /** What a daemon here would work with. */
  readonly settings: Settings;
  /** Why the settings are the defaults and not what the configuration says, a line a problem; "" if they are. */
  readonly configurationTrouble: string;
  /** What a running daemon says, or why none does. */
  readonly report: DaemonReport | Silence;
  readonly now: Date;
}

/** One question. Examining changes nothing. */
export interface Check {
  readonly name: string;
  /** Earlier checks; after a problem there this one means nothing. */
  readonly needs: readonly string[];
  examine(patient: Patient): Awaitable<Finding>;
}
