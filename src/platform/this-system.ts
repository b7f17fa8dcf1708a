import type { System } from '../message/dialect.ts';

/** The system that Node says it runs on; Linux for any that we do not know. */
export const thisSystem: System = process.platform === 'freebsd' ? 'freebsd' : 'linux';
