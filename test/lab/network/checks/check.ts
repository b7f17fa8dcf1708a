import type { Lab } from './lab.ts';

/** A sentence about the daemon, and what shows that it holds. */
export type Check = readonly [sentence: string, body: (lab: Lab) => Promise<void>];
