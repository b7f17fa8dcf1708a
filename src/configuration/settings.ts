import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReportSettings } from '../auto-keys/report-settings.ts';
import type { Level } from '../log/level.ts';
import type { System } from '../message/dialect.ts';
import { type Platform, platform as platformOf } from '../platform/platform.ts';
import { readForeignFile } from '../platform/foreign-file.ts';
import { followRootsLinks } from '../platform/roots-links.ts';
import type { InjectionSettings } from '../ip-information/injection-settings.ts';
import { defaultMaxRecords } from '../pools/limits.ts';
import type { PoolOptions } from '../pools/pools.ts';
import { injectionSettings } from './injection-settings.ts';
import { configurationReader, lastInjection, rememberConfiguration } from './last-configuration.ts';
import type { Origin, ReadFile } from './origin.ts';
import { reportSettings } from './report-settings.ts';

/** What a command line says; undefined where it says nothing. */
export interface Overrides {
  readonly configuration?: string | undefined;
  readonly device?: string | undefined;
  readonly poolDirectory?: string | undefined;
  readonly stateDirectory?: string | undefined;
  /** "": none. */
  readonly controlSocket?: string | undefined;
  /** Whether every request is logged, whatever the configuration says. */
  readonly debug?: boolean;
  readonly system: System;
}

/** All settings of the daemon, with the system's defaults filled in; paths are absolute. */
export interface Settings {
  readonly platform: Platform;
  /** The file that was read; "" if there is none. */
  readonly configuration: string;
  /** Why what the last configuration said of IP injection counts, and not this one; "" if this one does. */
  readonly lapse: string;
  readonly device: string;
  /** The least important lines that are logged; "debug" shows values. */
  readonly logLevel: Level;
  /** Whether a crash may write the daemon's memory, values included, to a file. */
  readonly coreDumps: boolean;
  readonly pools: Omit<PoolOptions, 'warn'> & Required<Pick<PoolOptions, 'journal' | 'maxRecords'>>;
  readonly injection: InjectionSettings;
  /** What is reported to the host beside and within the ten automatic keys. */
  readonly report: ReportSettings;
  /** Where the daemon reports its status; "" if nowhere. */
  readonly controlSocket: string;
  readonly privileges: PrivilegeSettings;
  /** Of the loopback, where Prometheus may ask; 0: none. */
  readonly metricsPort: number;
  readonly origin: Origin;
}

/** Whom the daemon serves as. */
export interface PrivilegeSettings {
  /** A name or "uid:gid", whom a daemon that was started as root becomes; "": it stays root. */
  readonly user: string;
  /** Where a daemon that was not finds a helper that is root; "": nowhere. */
  readonly helper: string;
}

const defaultLockTimeoutMs = 2000;

/** The command line goes before the file, the file before the system's defaults. */
export async function loadSettings(given: Overrides): Promise<Settings> {
  const platform = platformOf(given.system);
  const file = fileOf(given, platform);
  const latest = await read(file);
  const { pools = {}, ...configuration } = latest.configuration;
  const last = await lastInjection(file, memoryPath(given, platform));
  const injection = last ?? latest;
  const device = resolve(given.device ?? configuration.device ?? platform.devicePath);
  const named = resolve(given.poolDirectory ?? pools.directory ?? platform.poolDirectory);
  const directory = followRootsLinks(named);
  const stateDirectory = followRootsLinks(
    resolve(given.stateDirectory ?? pools.state_directory ?? stateDirectoryOf(named, platform)),
  );
  return {
    platform,
    configuration: file,
    lapse:
      last === undefined
        ? ''
        : `${file || platform.configurationPath} is missing or empty; the previous [ip_injection] settings stay in force`,
    device,
    logLevel: given.debug === true ? 'debug' : (configuration.log_level ?? 'info'),
    coreDumps: configuration.core_dumps ?? false,
    pools: {
      directory,
      stateDirectory,
      fileMode: pools.file_mode ?? platform.poolFileMode,
      durability: pools.durability ?? 'disk',
      lockTimeoutMs: pools.lock_timeout_ms ?? defaultLockTimeoutMs,
      journal: pools.journal ?? 'when-possible',
      maxRecords: pools.max_records ?? defaultMaxRecords,
    },
    injection: injectionSettings(injection.configuration.ip_injection ?? {}, platform, stateDirectory),
    report: reportSettings(configuration.report ?? {}),
    controlSocket: unlessNone(
      given.controlSocket ?? configuration.control?.socket ?? controlSocketOf(device, platform),
    ),
    privileges: {
      user: configuration.privileges?.user ?? userOf(device, platform),
      helper: unlessNone(configuration.privileges?.helper ?? platform.helperSocket),
    },
    metricsPort: configuration.metrics?.port ?? 0,
    origin: { given, latest, first: latest, injection, since: {}, kept: [] },
  };
}

/** The same for a process that may change addresses: what it read is remembered for the time when it is gone. */
export async function loadAndRememberSettings(given: Overrides): Promise<Settings> {
  const settings = await loadSettings(given);
  if (process.geteuid?.() === 0) {
    rememberConfiguration(settings.configuration, memoryPath(given, settings.platform));
  }
  return settings;
}

/** "" if there is none and none was asked for. */
function fileOf(given: Overrides, platform: Platform): string {
  if (given.configuration !== undefined) return given.configuration;
  return existsSync(platform.configurationPath) ? platform.configurationPath : '';
}

/** Where the last configuration is kept, whatever it says itself. */
function memoryPath({ poolDirectory, stateDirectory }: Overrides, platform: Platform): string {
  const folder = stateDirectory ?? stateDirectoryOf(resolve(poolDirectory ?? platform.poolDirectory), platform);
  return join(resolve(folder), 'last-configuration.toml');
}

/** The parser is loaded only where there is something to parse. */
async function read(file: string): Promise<ReadFile> {
  const readAt = new Date().toISOString();
  // The latter is how a command line asks for the defaults.
  if (file === '' || file === '/dev/null') return { path: file, text: '', configuration: {}, readAt };
  const { readConfiguration } = await configurationReader();
  const text = readForeignFile(file).toString();
  return { path: file, text, configuration: await readConfiguration(file, text), readAt };
}

/** Pools elsewhere keep their journals beside them, so that every program that opens them finds the same ones. */
function stateDirectoryOf(poolDirectory: string, platform: Platform): string {
  return poolDirectory === platform.poolDirectory ? platform.stateDirectory : join(poolDirectory, '.hyperv-kvp');
}

/** The system's device has one daemon at a time, so its socket has one too; daemons of other devices have none unless configured. */
function controlSocketOf(device: string, platform: Platform): string {
  return device === platform.devicePath ? join(platform.runtimeDirectory, 'control') : '';
}

/** A simulated device is whoever simulates it's, and so is its daemon. */
function userOf(device: string, platform: Platform): string {
  return device === platform.devicePath ? platform.user : '';
}

function unlessNone(path: string): string {
  return path === '' ? '' : resolve(path);
}
