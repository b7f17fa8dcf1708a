import type { InjectionSettings } from '../ip-information/injection-settings.ts';
import type { System } from '../message/dialect.ts';
import type { Platform } from '../platform/platform.ts';
import type { Configuration } from './configuration.ts';

type Configured = NonNullable<Configuration['ip_injection']>;

const defaultChangesAMinute = 10;
/** Some time before the driver answers the host itself: after 30 s, and after 5 s. */
const defaultDeadlineMs: Readonly<Record<System, number>> = { linux: 25_000, freebsd: 4500 };
/** The stock daemon's. */
const defaultScript = '/usr/libexec/hypervkvpd/hv_set_ifconfig';

/** What `[ip_injection]` says; where it says nothing, every change of Hyper-V's synthetic adapters is allowed. */
export function injectionSettings(
  configured: Configured,
  { system }: Pick<Platform, 'system'>,
  stateDirectory: string,
): InjectionSettings {
  return {
    policy: {
      mode: configured.mode ?? 'apply',
      interfaces: configured.interfaces ?? [],
      deniedInterfaces: configured.denied_interfaces ?? [],
      addressRanges: configured.address_ranges ?? [],
      gatewayRanges: configured.gateway_ranges ?? [],
      dnsRanges: configured.dns_ranges ?? [],
      gateway: configured.gateway ?? true,
      dns: configured.dns ?? true,
      dhcp: configured.dhcp ?? true,
      ipv4: configured.ipv4 ?? true,
      ipv6: configured.ipv6 ?? true,
    },
    changesAMinute: configured.changes_a_minute ?? defaultChangesAMinute,
    backEnd: configured.backend ?? 'auto',
    deadlineMs: configured.deadline_ms ?? defaultDeadlineMs[system],
    verify: configured.verify ?? true,
    stateDirectory,
    script: configured.script ?? defaultScript,
    scriptArguments: configured.script_arguments ?? 'both',
  };
}
