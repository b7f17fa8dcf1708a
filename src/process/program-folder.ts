import { fileURLToPath } from 'node:url';

/** The folder of the programs, seen from the sources as from the bundles, which are as deep. */
export const programFolder = fileURLToPath(new URL('../bin', import.meta.url));
