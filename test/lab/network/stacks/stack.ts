import type { GuestFile } from '../environment/environment.ts';

/** A network manager, set up to have eth0 use DHCP. */
export interface Stack {
  readonly name: string;
  /** `backend` of the configuration; "auto" has the daemon find the manager. */
  readonly backend: string;
  readonly files: Readonly<Record<string, GuestFile>>;
  /** Debian packages that the guest has besides, unpacked. */
  readonly packages?: readonly string[];
  /** Paths that are not there. */
  readonly remove?: readonly string[];
  /** Shell, run in the guest before its systemd. */
  readonly links?: string;
  /** Its unit. */
  readonly unit: string;
  /** Where it keeps what it remembers until the machine is switched off. */
  readonly volatile: string;
  /** The commands by which others tell it what to do. */
  readonly commands: readonly string[];
  /** The word in a call of such a command that puts a configuration in force. */
  readonly applies: string;
}
