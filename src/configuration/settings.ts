import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Level } from '../log/level.ts';
import type { System } from '../message/dialect.ts';
import { type Platform, platform as platformOf } from '../platform/platform.ts';
import type { InjectionSettings } from '../ip-information/injection-settings.ts';
import type { PoolOptions } from '../pools/pools.ts';
import type { Configuration } from './configuration.ts';
import { injectionSettings } from './injection-settings.ts';

/** What a command line says; undefined where it says nothing. */
export interface Overrides {
  readonly configuration?: string | undefined;
  readonly device?: string | undefined;
  readonly poolDirectory?: string | undefined;
  readonly stateDirectory?: string | undefined;
  /** "": none. */
  readonly controlSocket?: string | undefined;
  readonly system: System;
}

/** Everything the daemon was told, with the system's defaults filled in; paths are absolute. */
export interface Settings {
  readonly platform: Platform;
  /** The file that was read; "" if there is none. */
  readonly configuration: string;
  readonly device: string;
  /** The least important lines that are logged; "debug" shows values. */
  readonly logLevel: Level;
  /** Whether a crash may write the daemon's memory, values included, to a file. */
  readonly coreDumps: boolean;
  readonly pools: Omit<PoolOptions, 'warn'>;
  readonly injection: InjectionSettings;
  /** Where the daemon tells how it does; "" if nowhere. */
  readonly controlSocket: string;
  /** Of the loopback, where Prometheus may ask; 0: none. */
  readonly metricsPort: number;
}

const defaultLockTimeoutMs = 2000;

/** The command line goes before the file, the file before the system's defaults. */
export async function settle(given: Overrides): Promise<Settings> {
  const platform = platformOf(given.system);
  const file = fileOf(given, platform);
  const { pools = {}, ip_injection: injection = {}, ...configuration } = await read(file);
  const device = resolve(given.device ?? configuration.device ?? platform.devicePath);
  const directory = resolve(given.poolDirectory ?? pools.directory ?? platform.poolDirectory);
  const stateDirectory = resolve(
    given.stateDirectory ?? pools.state_directory ?? stateDirectoryOf(directory, platform),
  );
  return {
    platform,
    configuration: file,
    device,
    logLevel: configuration.log_level ?? 'info',
    coreDumps: configuration.core_dumps ?? false,
    pools: {
      directory,
      stateDirectory,
      fileMode: pools.file_mode ?? platform.poolFileMode,
      durability: pools.durability ?? 'disk',
      lockTimeoutMs: pools.lock_timeout_ms ?? defaultLockTimeoutMs,
    },
    injection: injectionSettings(injection, platform, stateDirectory),
    controlSocket: unlessNone(
      given.controlSocket ?? configuration.control?.socket ?? controlSocketOf(device, platform),
    ),
    metricsPort: configuration.metrics?.port ?? 0,
  };
}

/** "" if there is none and none was asked for. */
function fileOf(given: Overrides, platform: Platform): string {
  if (given.configuration !== undefined) return given.configuration;
  return existsSync(platform.configurationPath) ? platform.configurationPath : '';
}

/** The parser is loaded only where there is something to parse. */
async function read(file: string): Promise<Configuration> {
  if (file === '') return {};
  const { readConfiguration } = await import('./configuration.ts');
  return await readConfiguration(file);
}

/** Pools elsewhere keep their journals beside them, so that every program that opens them finds the same ones. */
function stateDirectoryOf(poolDirectory: string, platform: Platform): string {
  return poolDirectory === platform.poolDirectory ? platform.stateDirectory : join(poolDirectory, '.hyperv-kvp');
}

/** The system's device has one daemon at a time, so its socket has one too; daemons of other devices have none unless told. */
function controlSocketOf(device: string, platform: Platform): string {
  return device === platform.devicePath ? join(platform.runtimeDirectory, 'control') : '';
}

function unlessNone(path: string): string {
  return path === '' ? '' : resolve(path);
}
