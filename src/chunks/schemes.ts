import { azureInit } from './azure-init.ts';
import type { ChunkScheme } from './chunk-scheme.ts';
import { cloudInit } from './cloud-init.ts';
import { numbered } from './numbered.ts';

export const chunkSchemeNames = ['ignition', 'cloud-init', 'azure-init', 'hlvmm'] as const;

export type ChunkSchemeName = (typeof chunkSchemeNames)[number];

/** The schemes by the program that reads or writes them. */
export const chunkSchemes: Readonly<Record<ChunkSchemeName, ChunkScheme>> = {
  /** `KEY.0`, `KEY.1`, …: Ignition's reader, and the sizes that libhvee writes. */
  ignition: numbered({ separator: '.', size: 990, mostParts: Infinity }),
  'cloud-init': cloudInit,
  'azure-init': azureInit,
  /** `KEY._0` to `KEY._29`, as text: what HLVMM encrypts stays so. */
  hlvmm: numbered({ separator: '._', size: 200, mostParts: 30 }),
};
