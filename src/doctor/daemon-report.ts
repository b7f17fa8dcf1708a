/** What we need of a running daemon's status. */
export interface DaemonReport {
  readonly pid: number;
  readonly device: {
    readonly state: 'waiting' | 'registered';
    readonly integrationServices: string;
    readonly trouble: string;
  };
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  /** When the host last got an answer; null if never. */
  readonly lastRequestAt: string | null;
}
