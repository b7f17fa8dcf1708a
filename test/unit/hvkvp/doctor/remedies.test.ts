import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { record } from '../../pools/support/open-pool.ts';
import { hvkvp } from '../../../support/hvkvp.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { known } from './support/advised.ts';

const sources = join(import.meta.dirname, '../../../../src/hvkvp/doctor');
const advised = readdirSync(sources).flatMap(
  (name) => readFileSync(join(sources, name), 'utf8').match(/(?<=: )hvkvp [^;,'`]+/g) ?? [],
);

describe('what the doctor tells to do with hvkvp', () => {
  it('is all known: what each check advises is compared with it', () => {
    expect([...new Set(advised)].sort()).toEqual([...known].sort());
  });

  it.each(known)('can be done: %s', (command) => {
    const folder = temporaryFolder();
    const configuration = join(folder, 'hyperv-kvp.toml');
    writeFileSync(configuration, `[pools]\ndirectory = "${folder}"\nstate_directory = "${join(folder, 'state')}"\n`);
    writeFileSync(join(folder, '.kvp_pool_3'), record('HostName', 'HV7'));
    utimesSync(join(folder, '.kvp_pool_3'), 0, 0);
    const [, ...words] = command.split(' ');
    const { status, stderr } = hvkvp([...words, '--config', configuration]);
    expect(status).toBe(0);
    // No daemon runs here, which is no fault of the remedy's.
    expect(stderr).toMatch(/^(?:hvkvp config: no daemon answered, .*\n)?$/);
    const isEmpty = readFileSync(join(folder, '.kvp_pool_3')).length === 0;
    expect(isEmpty).toBe(command.includes('clear'));
  });
});
