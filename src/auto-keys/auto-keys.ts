import type { Platform } from '../platform/platform.ts';
import { DomainName } from './domain-name.ts';
import { autoKeys, type KeySources } from './key-table.ts';
import { KnownAddresses, type NetworkWatch } from './known-addresses.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';

export interface AutoKeysOptions {
  readonly platform: Platform;
  /** Closed with the keys. */
  readonly networkWatch: NetworkWatch;
  /** The version from the answer to the registration; "" as long as there is none, on FreeBSD for ever. */
  readonly integrationServicesVersion: () => string;
}

/** The keys of pool "auto", which no file holds: each value is true at the moment it is asked for. */
export interface AutoKeys {
  readonly count: number;
  /** Undefined beyond the last. */
  at(index: number): Awaitable<{ readonly key: Buffer; readonly value: Buffer } | undefined>;
  /** Undefined for a key that is not automatic. */
  get(key: Buffer): Awaitable<Buffer | undefined>;
  /** Starts to look up the domain name, if need be; no request has to wait for it. */
  refreshDomainName(): void;
  /** Ends a running look-up, and the watch. */
  close(): void;
}

/** The keys of this machine. */
export function createAutoKeys({ platform, networkWatch, integrationServicesVersion }: AutoKeysOptions): AutoKeys {
  const domainName = new DomainName(platform);
  const addresses = new KnownAddresses(platform, networkWatch);
  const sources: KeySources = { platform, domainName, addresses, integrationServicesVersion };
  const table = autoKeys.map((autoKey) => {
    const bytes = lastBytes();
    return { key: Buffer.from(autoKey.name), resolve: () => whenReady(autoKey.resolve(sources), bytes) };
  });
  return {
    count: table.length,
    at(index) {
      const entry = table[index];
      return entry && whenReady(entry.resolve(), (value) => ({ key: entry.key, value }));
    },
    get(key) {
      return table.find((entry) => entry.key.equals(key))?.resolve();
    },
    refreshDomainName() {
      domainName.refresh();
    },
    close() {
      domainName.close();
      addresses.close();
    },
  };
}

/** Makes a text's bytes; those of the last one are kept, since a value seldom changes. */
function lastBytes(): (text: string) => Buffer {
  let last = '';
  let bytes = Buffer.from(last);
  return (text) => {
    if (text === last) return bytes;
    last = text;
    bytes = Buffer.from(text);
    return bytes;
  };
}
