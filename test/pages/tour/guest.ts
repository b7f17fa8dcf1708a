import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PoolNumber } from '../../../src/message/pool.ts';
import { hvkvpProgram } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Terminal } from '../../support/terminal.ts';
import { type WatchedHost, watchedHost } from '../../support/watched-host.ts';

/** A guest on which `hvkvp` can be typed as on any other, though its pools and daemon are in temporary folders. */
export interface TouredGuest extends WatchedHost {
  /** Types a line at a terminal of its own. */
  readonly run: (line: string, environment?: NodeJS.ProcessEnv) => Terminal;
}

/** The host has told it what hosts tell, and asked what hosts ask. */
export async function touredGuest(): Promise<TouredGuest> {
  const folder = temporaryFolder();
  const configuration = join(folder, 'hyperv-kvp.toml');
  const watched = await watchedHost();
  const places = `[pools]\ndirectory = "${watched.pools}"\n[control]\nsocket = "${watched.socket}"\n`;
  writeFileSync(configuration, places);
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  const command = join(programs, 'hvkvp');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${hvkvpProgram}' "$@" --config ${configuration}\n`);
  chmodSync(command, 0o755);
  const facts = { HostName: 'HV7.example.com', VirtualMachineName: 'web-3' };
  for (const [key, value] of Object.entries(facts)) await watched.host.set(PoolNumber.autoExternal, key, value);
  for (const pool of [PoolNumber.auto, PoolNumber.guest]) await watched.host.enumerate(pool);
  writeFileSync(join(folder, 'agent.key'), '9f86d081884c7d65\n');
  return {
    ...watched,
    run: (line, environment) =>
      new Terminal(['sh', '-c', `cd ${folder} && ${line}`], {
        PATH: `${programs}:${process.env['PATH'] ?? ''}`,
        ...environment,
      }),
  };
}
