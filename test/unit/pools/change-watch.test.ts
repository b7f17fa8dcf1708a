import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { needs, system } from '../../support/needs.ts';
import { makePlace, records, TextPool } from './support/open-pool.ts';

it('the kernel reports of the file that the path names, whichever it is by now', async () => {
  needs(system('linux'));
  const place = makePlace();
  const pool = new TextPool(place.openGuest());
  for (let round = 0; round < 3; round += 1) {
    writeFileSync(`${place.path}.new`, records(3));
    renameSync(`${place.path}.new`, place.path);
    await pool.set('key1', 'new');
    expect(inodesReportedOf()).toContain(statSync(place.path).ino);
  }
});

/** What this process's inotify descriptors watch. */
function inodesReportedOf(): number[] {
  const folder = '/proc/self/fdinfo';
  return readdirSync(folder).flatMap((fd) => {
    // The one that lists the folder is closed by now.
    if (!existsSync(`${folder}/${fd}`)) return [];
    const texts = readFileSync(`${folder}/${fd}`, 'latin1').matchAll(/^inotify .*\bino:(?<inode>[\da-f]+)/gm);
    return [...texts].map(({ groups }) => Number.parseInt(groups?.['inode'] ?? '', 16));
  });
}
