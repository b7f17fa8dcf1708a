/**
 * Reads and writes the key-value pairs that a Hyper-V guest and its host exchange, and plays a host and a driver for tests.
 *
 * @packageDocumentation
 */
export { ChunkError } from './chunks/chunk-scheme.ts';
export { type ChunkSchemeName, chunkSchemeNames } from './chunks/schemes.ts';
export { ConfigurationError } from './configuration/configuration-error.ts';
export { isSystemError, type SystemError } from './device/system-error.ts';
export { joinValue, splitValue } from './library/chunks.ts';
export {
  type CallOptions,
  KvpPool,
  PoolClosed,
  type SetOptions,
  type WaitOptions,
  WaitTimeout,
  type WatchOptions,
} from './library/kvp-pool.ts';
export type { KvpChange, KvpKeyChange, KvpRecord } from './library/kvp-record.ts';
export type { KeyPattern, Wanted } from './library/wanted.ts';
export { openPool, type OpenOptions } from './library/open-pool.ts';
export type { System } from './message/dialect.ts';
export { fileTimeFromUnix, unixFromFileTime } from './message/file-time.ts';
export { AddressFamily, type IpValue } from './message/ip-value.ts';
export { poolName, poolNamed, PoolNumber } from './message/pool.ts';
export { Status } from './message/status.ts';
export { TimeSynchronisationFlag, UtilityService } from './message/utility-service.ts';
export type { Durability } from './pools/journal-entry.ts';
export { carriedLimits, type RecordLimits, storedLimits, TooLong } from './pools/limits.ts';
export { InvalidText } from './pools/valid-record.ts';
export { encodeReport, type ProvisioningReport, reportKey } from './report/provisioning-report.ts';
export type { Clock } from './simulator/clock.ts';
export {
  type AskOptions,
  type Host,
  HostFault,
  type HostRecords,
  type HostReply,
  type HostStatus,
  HostTimeout,
  NotAsked,
} from './simulator/host.ts';
export type { HostRecord } from './simulator/host-reply.ts';
export type { Version } from './simulator/host-packet.ts';
export { type HostBytes, type HostValue, TextTooLong } from './simulator/host-request.ts';
export type { Versions } from './simulator/negotiation.ts';
export { type Simulator, type SimulatorOptions, startSimulator } from './simulator/simulator.ts';
export type { InterfaceNames } from './simulator/to-daemon.ts';
