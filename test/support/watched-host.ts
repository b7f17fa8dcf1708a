import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { System } from '../../src/message/dialect.ts';
import { eventually } from './eventually.ts';
import { type ServedHost, servedHost } from './served-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface WatchedHost extends ServedHost {
  /** Of the daemon's control socket, which is there. */
  readonly socket: string;
}

/** A host whose guest's daemon can be asked how it does. */
export async function watchedHost(
  system: System = 'linux',
  words: readonly string[] = [],
  program?: readonly [string, ...string[]],
): Promise<WatchedHost> {
  const socket = join(temporaryFolder(), 'run/control');
  const served = await servedHost(system, ['--control-socket', socket, ...words], program);
  await eventually(() => statSync(socket, { throwIfNoEntry: false }) !== undefined);
  return { ...served, socket };
}
