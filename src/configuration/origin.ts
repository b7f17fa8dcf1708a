import type { Configuration } from './configuration.ts';
import type { Overrides } from './settings.ts';

/** A configuration file as it was when it was read. */
export interface ReadFile {
  /** "" if there is none. */
  readonly path: string;
  readonly text: string;
  readonly configuration: Configuration;
  /** ISO 8601 in UTC. */
  readonly readAt: string;
}

/** Whence settings come. */
export interface Origin {
  readonly given: Overrides;
  readonly latest: ReadFile;
  /** What a running daemon cannot change comes from this one. */
  readonly first: ReadFile;
  /** What is said of IP injection comes from this one: the last that said anything. */
  readonly injection: ReadFile;
  /** By key, for values that are older than the latest file. */
  readonly since: Readonly<Record<string, string>>;
  /** Keys of what the latest file changes and a running daemon cannot. */
  readonly kept: readonly string[];
}
