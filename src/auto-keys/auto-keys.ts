import type { Platform } from '../platform/platform.ts';
import { DomainName } from './domain-name.ts';
import { type AutoKey, autoKeys, type KeySources } from './key-table.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';

export interface AutoKeysOptions {
  readonly platform: Platform;
  /** The version from the answer to the registration; "" as long as there is none, on FreeBSD for ever. */
  readonly integrationServicesVersion: () => string;
}

/** The keys of pool "auto", which no file holds: each value is found out when it is asked for. */
export interface AutoKeys {
  readonly count: number;
  /** Undefined beyond the last. */
  at(index: number): Awaitable<{ readonly key: Buffer; readonly value: Buffer } | undefined>;
  /** Undefined for a key that is not automatic. */
  get(key: Buffer): Awaitable<Buffer | undefined>;
  /** Starts to look up the domain name, if need be; no request has to wait for it. */
  refreshDomainName(): void;
  /** Ends a running look-up. */
  close(): void;
}

/** The keys of this machine. */
export function createAutoKeys({ platform, integrationServicesVersion }: AutoKeysOptions): AutoKeys {
  const domainName = new DomainName(platform);
  const sources: KeySources = { platform, domainName, integrationServicesVersion };
  const resolve = (autoKey: AutoKey) => whenReady(autoKey.resolve(sources), (text) => Buffer.from(text));
  return {
    count: autoKeys.length,
    at(index) {
      const autoKey = autoKeys[index];
      return autoKey && whenReady(resolve(autoKey), (value) => ({ key: Buffer.from(autoKey.name), value }));
    },
    get(key) {
      const autoKey = autoKeys.find(({ name }) => key.equals(Buffer.from(name)));
      return autoKey && resolve(autoKey);
    },
    refreshDomainName() {
      domainName.refresh();
    },
    close() {
      domainName.close();
    },
  };
}
