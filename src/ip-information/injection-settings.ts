import type { BackEndName } from './plan.ts';
import type { Policy } from './policy.ts';

/** The configuration of IP injection, with the system's defaults filled in. */
export interface InjectionSettings extends ScriptSettings {
  readonly policy: Policy;
  /** 0: no limit. */
  readonly changesAMinute: number;
  readonly backEnd: BackEndName | 'auto';
  /** When the host is answered at the latest. */
  readonly deadlineMs: number;
  /** Whether what a script has done is read back. */
  readonly verify: boolean;
  /** Where the record of a change is kept while it is under way. */
  readonly stateDirectory: string;
}

/** For the back end "script". */
export interface ScriptSettings {
  /** Absolute. */
  readonly script: string;
  /** Since Linux 6.7 the stock daemon gives its script the path of a keyfile too. */
  readonly scriptArguments: 'both' | 'ifcfg';
}
