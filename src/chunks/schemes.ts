import { azureInit } from './azure-init.ts';
import type { ChunkScheme } from './chunk-scheme.ts';
import { cloudInit } from './cloud-init.ts';
import { carriedLimits } from '../pools/limits.ts';
import { numbered } from './numbered.ts';

export const chunkSchemeNames = ['ignition', 'cloud-init', 'azure-init', 'hlvmm', 'sap'] as const;

export type ChunkSchemeName = (typeof chunkSchemeNames)[number];

/** The schemes by the program that reads or writes them. */
export const chunkSchemes: Readonly<Record<ChunkSchemeName, ChunkScheme>> = {
  /** `KEY.0`, `KEY.1`, …: Ignition's reader, and the sizes that libhvee writes. */
  ignition: numbered({ separator: '.', size: 990, mostParts: Infinity }),
  'cloud-init': cloudInit,
  'azure-init': azureInit,
  /** `KEY._0` to `KEY._29`, as text: what HLVMM encrypts stays so. */
  hlvmm: numbered({ separator: '._', size: 200, mostParts: 30 }),
  /** `KEY_Part_0`, …: Enhanced Monitoring for SAP, whose key is `Enhanced_Monitoring_Metric_Data_Item`; each part is XML of its own. */
  sap: numbered({ separator: '_Part_', size: carriedLimits.value, mostParts: Infinity }),
};
