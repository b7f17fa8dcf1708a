import type { NetworkState } from '../device/native.ts';
import { crash } from '../device/rethrow-later.ts';
import type { Platform } from '../platform/platform.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import { DomainName } from './domain-name.ts';
import { type AutoKey, autoKeys, type KeySources } from './key-table.ts';
import { KnownAddresses, type NetworkWatch } from './known-addresses.ts';
import { rdpKeys } from './rdp-addresses.ts';
import type { ReportSettings } from './report-settings.ts';
import { siteKey } from './site-key.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';

export interface AutoKeysOptions {
  readonly platform: Platform;
  /** Closed with the keys. */
  readonly networkWatch: NetworkWatch;
  /** Whether a file by which names are looked up may have changed since the last call; false unless given. */
  readonly namesChanged?: () => boolean;
  /** The version from the answer to the registration; "" as long as there is none, on FreeBSD for ever. */
  readonly integrationServicesVersion: () => string;
  /** What the kernel says of addresses and routes, with their flags; otherwise the platform is asked. */
  readonly networkState?: () => NetworkState;
  readonly report: ReportSettings;
  readonly readFirstLine: KeySources['readFirstLine'];
  readonly guestValue: KeySources['guestValue'];
}

/** The keys of pool "auto", which no file holds: each value is true at the moment it is asked for. */
export interface AutoKeys {
  readonly count: number;
  /** Undefined beyond the last. */
  at(index: number): Awaitable<KeyAndValue | undefined>;
  /** Undefined for a key that is not automatic. */
  get(key: Buffer): Awaitable<Buffer | undefined>;
  /** All, in the order in which hosts index them. */
  records(): Promise<readonly KeyAndValue[]>;
  /** Starts to look up the domain name, if need be; no request has to wait for it. The promise is that of the answer. */
  refreshDomainName(): Promise<void>;
  /** From the next request on. */
  reconfigure(report: ReportSettings): void;
  /** Ends the watch. */
  close(): void;
}

/** The keys of this machine. */
export function createAutoKeys(options: AutoKeysOptions): AutoKeys {
  const { platform, networkWatch, networkState, namesChanged, report, ...rest } = options;
  const domainName = new DomainName({ ...platform, ...(namesChanged && { namesChanged }) });
  const addresses = new KnownAddresses({ ...platform, networkState }, networkWatch, report, undefined, () => {
    domainName.doubt();
  });
  const sources: KeySources = { platform, domainName, addresses, ...rest };
  let table = tableOf(report, sources);
  return {
    get count() {
      return table.length;
    },
    at(index) {
      const entry = table[index];
      return entry && whenReady(entry.resolve(), (value) => ({ key: entry.key, value }));
    },
    get(key) {
      return table.find((entry) => entry.key.equals(key))?.resolve();
    },
    async records() {
      return await Promise.all(table.map(async ({ key, resolve }) => ({ key, value: await resolve() })));
    },
    async refreshDomainName() {
      await domainName.refresh();
    },
    reconfigure(wanted) {
      addresses.reconfigure(wanted);
      domainName.doubt();
      domainName.refresh()?.catch(crash);
      table = tableOf(wanted, sources);
    },
    close() {
      domainName.close();
      addresses.close();
    },
  };
}

interface Entry {
  readonly key: Buffer;
  readonly resolve: () => Awaitable<Buffer>;
}

/** The ten keys, of which none moves, for hosts know them by their places; then what the site asks for. */
function tableOf({ rdpAddresses, keys }: ReportSettings, sources: KeySources): readonly Entry[] {
  const own = keys.map(siteKey);
  const replaced = autoKeys.map((autoKey) => own.find(({ name }) => name === autoKey.name) ?? autoKey);
  const added = [...(rdpAddresses ? rdpKeys : []), ...own].filter((key) => !replaced.includes(key));
  return [...replaced, ...added].map((autoKey) => entryOf(autoKey, sources));
}

function entryOf(autoKey: AutoKey, sources: KeySources): Entry {
  const bytes = lastBytes();
  return { key: Buffer.from(autoKey.name), resolve: () => whenReady(autoKey.resolve(sources), bytes) };
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
