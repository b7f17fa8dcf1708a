import { defaultReport, type ReportSettings, type SiteKey } from '../auto-keys/report-settings.ts';
import type { Configuration } from './configuration.ts';

type Configured = NonNullable<Configuration['report']>;

/** What `[report]` says; where it says nothing, the ten keys with all addresses. */
export function reportSettings(configured: Configured): ReportSettings {
  return {
    interfaces: configured.interfaces ?? defaultReport.interfaces,
    deniedInterfaces: configured.denied_interfaces ?? defaultReport.deniedInterfaces,
    families: configured.families ?? defaultReport.families,
    linkLocal: configured.link_local ?? defaultReport.linkLocal,
    rdpAddresses: configured.rdp_addresses ?? defaultReport.rdpAddresses,
    keys: Object.entries(configured.keys ?? {}).map(([name, value]) => ({ name, source: sourceOf(value) })),
  };
}

function sourceOf(value: NonNullable<Configured['keys']>[string]): SiteKey['source'] {
  if (typeof value === 'string') return { from: 'literal', text: value };
  return 'file' in value ? { from: 'file', path: value.file } : { from: 'guest', key: value.guest_key };
}
