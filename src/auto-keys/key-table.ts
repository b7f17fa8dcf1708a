import type { Kernel } from '../platform/machine.ts';
import type { IpFamily } from '../platform/adapter.ts';
import type { Distribution, Platform } from '../platform/platform.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';

/** What the values are made from. */
export interface KeySources {
  readonly platform: Platform;
  readonly domainName: { current(): string };
  readonly addresses: { current(family: IpFamily): Awaitable<string> };
  readonly integrationServicesVersion: () => string;
  /** Undefined if there is no such file that we may read. */
  readonly readFirstLine: (path: string) => string | undefined;
  /** The value of a key in pool "guest". */
  readonly guestValue: (key: Buffer) => Awaitable<Buffer | undefined>;
}

export interface AutoKey {
  readonly name: string;
  resolve(sources: KeySources): Awaitable<string>;
}

/** The automatic keys by the index that a host enumerates them with. A host that gets fewer takes the machine for broken. */
export const autoKeys: readonly AutoKey[] = [
  { name: 'FullyQualifiedDomainName', resolve: ({ domainName }) => domainName.current() },
  { name: 'IntegrationServicesVersion', resolve: ({ integrationServicesVersion }) => integrationServicesVersion() },
  { name: 'NetworkAddressIPv4', resolve: ({ addresses }) => addresses.current('ipv4') },
  { name: 'NetworkAddressIPv6', resolve: ({ addresses }) => addresses.current('ipv6') },
  { name: 'OSBuildNumber', resolve: fromKernel(({ release }) => release) },
  { name: 'OSName', resolve: fromDistribution(({ name }) => name) },
  { name: 'OSMajorVersion', resolve: fromDistribution(({ majorVersion }) => majorVersion) },
  { name: 'OSMinorVersion', resolve: fromDistribution(({ minorVersion }) => minorVersion) },
  { name: 'OSVersion', resolve: fromKernel(({ release }) => release.replace(/-.*/, '')) },
  { name: 'ProcessorArchitecture', resolve: fromKernel(({ processor }) => processor) },
];

function fromKernel(choose: (kernel: Kernel) => string): AutoKey['resolve'] {
  return ({ platform }) => whenReady(platform.readKernel(), choose);
}

function fromDistribution(choose: (distribution: Distribution) => string): AutoKey['resolve'] {
  return ({ platform }) => whenReady(platform.readDistribution(), choose);
}
