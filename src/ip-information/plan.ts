import type { Awaitable } from '../message/awaitable.ts';
import type { Machine } from '../platform/machine.ts';
import type { Proposal } from './propose.ts';

/** What has to be done so that an adapter has what a proposal says, and stays so. */
export interface Plan {
  /** Before the files are written: what the former ones are needed for. */
  readonly before: readonly Command[];
  readonly files: readonly PlannedFile[];
  /** After it. */
  readonly commands: readonly Command[];
  readonly undo: {
    /** Before the former files come back. */
    readonly before: readonly Command[];
    /** After it: brings back what the former files say. */
    readonly commands: readonly Command[];
  };
}

export interface PlannedFile {
  /** Absolute. */
  readonly path: string;
  /**
   * One byte a character (latin1), so that the bytes of others stay whatever their encoding. Undefined: a command writes it, so
   * that it has to be saved only. Null: it is removed.
   */
  readonly text: string | undefined | null;
  /** Of a file that is not there yet, or whose mode must not be any other. */
  readonly mode: number;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Output that means failure; otherwise the exit status alone decides. */
  readonly judgedBy?: 'status' | 'errors' | 'nothing';
  /** Whether it is there to write configuration that differs from the plan's: without such, there may be nothing to do. */
  readonly writes?: true;
}

/** A plan that this back end cannot make, and why. */
export interface Impossible {
  readonly impossible: string;
}

/** A network manager. */
export interface BackEnd {
  readonly name: BackEndName;
  /** Whether it runs and has this adapter; perhaps only some time after the system's start. */
  manages(machine: Machine, adapter: Proposal['adapter']): Awaitable<boolean>;
  /** Whether it runs and would take this adapter, where nobody has it. Left out: never. */
  canAdopt?(machine: Machine, adapter: Proposal['adapter']): Awaitable<boolean>;
  /** Whether it is up, so that it takes commands for the adapter. Must not be what starts it. */
  isReady(machine: Machine, adapter: Proposal['adapter']): Awaitable<boolean>;
  /** Whether it is still at work on the adapter, so that what the adapter has now may change; where it reports that. */
  isBusy?(machine: Machine, adapter: Proposal['adapter']): boolean;
  /** Changes nothing. Depends on the proposal and on what the machine's files say. */
  plan(proposal: Proposal, machine: Machine): Awaitable<Plan | Impossible>;
}

export const backEndNames = [
  'ifupdown',
  'ifcfg',
  'wicked',
  'netplan',
  'network-manager',
  'freebsd',
  'networkd',
  'dhcpcd',
  'script',
] as const;
export type BackEndName = (typeof backEndNames)[number];

/** Modes of files that all may read, and of those that only their owner may. */
export const fileModes = { public: 0o644, private: 0o600 } as const;
