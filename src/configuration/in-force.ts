import type { SiteValue } from '../auto-keys/report-settings.ts';
import { isSystemError } from '../device/system-error.ts';
import type { Subnet } from '../ip-information/parse.ts';
import { readForeignFile } from '../platform/foreign-file.ts';
import { latePart } from '../platform/late-part.ts';
import type { Configuration } from './configuration.ts';
import type { ReadFile } from './origin.ts';
import type { Settings } from './settings.ts';

/** As the configuration file has it. */
export type SettingValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** One key of the configuration, and whence its value comes. */
export interface SettingInForce {
  readonly key: string;
  /** Null if it is withheld. */
  readonly value: SettingValue | null;
  /** Of a value that is withheld. */
  readonly valueBytes?: number;
  readonly from: 'default' | 'file' | 'command line';
  readonly file?: string;
  readonly line?: number;
  /** Of the command line. */
  readonly option?: string;
  /** Since when it has this value, ISO 8601 in UTC; null where no daemon has it. */
  readonly since: string | null;
  /** The file says something else now, for the next start. */
  readonly restartRequired?: true;
}

/** What a daemon works with. */
export interface ConfigurationInForce {
  /** "" if there is none. */
  readonly file: string;
  /** ISO 8601 in UTC. */
  readonly readAt: string;
  /** Whether the file says something else now. */
  readonly hasChanged: boolean;
  /** Why what the last configuration said of IP injection counts, and not this one; "" if this one does. */
  readonly lapse: string;
  readonly settings: readonly SettingInForce[];
}

/** What a running daemon cannot change. */
export const fixedKeys: readonly string[] = [
  'device',
  'pools.directory',
  'pools.state_directory',
  // A journal that was made without syncing its folder cannot be trusted after a power failure.
  'pools.durability',
  'privileges.user',
  'privileges.helper',
  'control.socket',
  'metrics.port',
];

/** The settings by the keys of the configuration, those of the site's own automatic keys among them. */
export function valuesOf(settings: Settings): Readonly<Record<string, SettingValue>> {
  const { pools, injection, report, privileges } = settings;
  const { policy } = injection;
  return {
    device: settings.device,
    log_level: settings.logLevel,
    core_dumps: settings.coreDumps,
    'pools.directory': pools.directory,
    'pools.state_directory': pools.stateDirectory,
    'pools.file_mode': pools.fileMode.toString(8).padStart(4, '0'),
    'pools.durability': pools.durability,
    'pools.lock_timeout_ms': pools.lockTimeoutMs,
    'pools.journal': pools.journal,
    'pools.max_records': pools.maxRecords,
    'ip_injection.mode': policy.mode,
    'ip_injection.backend': injection.backEnd,
    'ip_injection.interfaces': policy.interfaces,
    'ip_injection.denied_interfaces': policy.deniedInterfaces,
    'ip_injection.address_ranges': policy.addressRanges.map(rangeText),
    'ip_injection.gateway_ranges': policy.gatewayRanges.map(rangeText),
    'ip_injection.dns_ranges': policy.dnsRanges.map(rangeText),
    'ip_injection.gateway': policy.gateway,
    'ip_injection.dns': policy.dns,
    'ip_injection.dhcp': policy.dhcp,
    'ip_injection.ipv4': policy.ipv4,
    'ip_injection.ipv6': policy.ipv6,
    'ip_injection.changes_a_minute': injection.changesAMinute,
    'ip_injection.verify': injection.verify,
    'ip_injection.deadline_ms': injection.deadlineMs,
    'ip_injection.script': injection.script,
    'ip_injection.script_arguments': injection.scriptArguments,
    'report.interfaces': report.interfaces,
    'report.denied_interfaces': report.deniedInterfaces,
    'report.families': report.families,
    'report.link_local': report.linkLocal,
    'report.rdp_addresses': report.rdpAddresses,
    ...Object.fromEntries(report.keys.map(({ name, source }) => [`${siteKeys}${name}`, siteValue(source)])),
    'control.socket': settings.controlSocket,
    'privileges.user': privileges.user,
    'privileges.helper': privileges.helper,
    'metrics.port': settings.metricsPort,
  };
}

/** Before the name of a key of the site's own, which may have any letters. */
const siteKeys = 'report.keys.';

function rangeText({ address, prefixLength }: Subnet): string {
  return `${address}/${prefixLength}`;
}

function siteValue(source: SiteValue): SettingValue {
  switch (source.from) {
    case 'literal':
      return source.text;
    case 'file':
      return { file: source.path };
    case 'guest':
      return { guest_key: source.key };
  }
}

/** All of it; `values` as {@link settingsInForce} takes them. */
export async function configurationInForce(settings: Settings, values: boolean): Promise<ConfigurationInForce> {
  const { configuration: file, lapse, origin } = settings;
  const { readAt } = origin.latest;
  return {
    file,
    readAt,
    hasChanged: hasChanged(settings),
    lapse,
    settings: await settingsInForce(settings, values),
  };
}

const lineFinder = latePart(() => import('./configuration-line.ts'));

/** Every setting with whence it comes; literals of the site's own keys only if `values` are asked for, since a site may pass secrets so. */
export async function settingsInForce(settings: Settings, values: boolean): Promise<readonly SettingInForce[]> {
  const { origin } = settings;
  const { keyLines } = await lineFinder();
  const files = [...new Set([origin.latest, origin.first, origin.injection])];
  const lines = new Map(files.map((file) => [file, keyLines(file.text)]));
  const options = optionsOf(settings);
  return Object.entries(valuesOf(settings)).map(([key, value]) => {
    const withheld = !values && key.startsWith(siteKeys) && typeof value === 'string';
    const path = pathOf(key);
    const file = fileOf(key, settings);
    const option = options[key];
    const line = isSet(file.configuration, path) ? lines.get(file)?.(path) : undefined;
    return {
      key,
      ...(withheld ? { value: null, valueBytes: Buffer.byteLength(value) } : { value }),
      ...whence(option, line, file),
      since: origin.since[key] ?? origin.latest.readAt,
      ...(origin.kept.includes(key) && { restartRequired: true }),
    };
  });
}

function whence(option: string | undefined, line: number | undefined, { path: file }: ReadFile) {
  if (option !== undefined) return { from: 'command line', option } as const;
  return line === undefined ? ({ from: 'default' } as const) : ({ from: 'file', file, line } as const);
}

function optionsOf({ origin: { given } }: Settings): Readonly<Record<string, string | undefined>> {
  const named = (option: string, value: unknown): string | undefined =>
    value === undefined || value === false ? undefined : option;
  return {
    device: named('--device', given.device),
    log_level: named('--debug', given.debug),
    'pools.directory': named('--pool-dir', given.poolDirectory),
    'pools.state_directory': named('--state-dir', given.stateDirectory),
    'control.socket': named('--control-socket', given.controlSocket),
  };
}

function fileOf(key: string, { origin }: Settings): ReadFile {
  if (fixedKeys.includes(key)) return origin.first;
  return key.startsWith('ip_injection.') ? origin.injection : origin.latest;
}

function pathOf(key: string): readonly string[] {
  return key.startsWith(siteKeys) ? ['report', 'keys', key.slice(siteKeys.length)] : key.split('.');
}

function isSet(configuration: Configuration, path: readonly string[]): boolean {
  let table: unknown = configuration;
  for (const name of path) {
    if (typeof table !== 'object' || table === null || !Object.hasOwn(table, name)) return false;
    table = (table as Readonly<Record<string, unknown>>)[name];
  }
  return table !== undefined;
}

/** Whether the file says something else than when it was read; false if that is unknown. */
function hasChanged({ platform, origin: { given, latest } }: Settings): boolean {
  try {
    return readForeignFile(given.configuration ?? platform.configurationPath).toString() !== latest.text;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' && latest.text !== '';
  }
}
