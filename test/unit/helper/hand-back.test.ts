import { chownSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { handBack } from '../../../src/helper/server/hand-back.ts';
import { poolNumbers } from '../../../src/message/pool.ts';
import { poolPath } from '../../../src/pools/pools.ts';
import { needs, root } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const user = { uid: 61_234, gid: 61_235 } as const;
const stranger = 61_999;

function ownerOf(path: string): readonly [number, number] {
  const { uid, gid } = lstatSync(path);
  return [uid, gid];
}

describe('what is given back to root', () => {
  beforeEach(() => {
    needs(root);
  });

  it('is all that is the user’s or its group’s in the folders of pools and journals, wherever they are configured', () => {
    const folder = temporaryFolder();
    const [directory, stateDirectory] = [join(folder, 'pools'), join(folder, 'elsewhere')];
    const files = [
      ...poolNumbers.map((pool) => poolPath(directory, pool)),
      ...['pool_1.journal', 'pool_1.tail-1'].map((name) => join(stateDirectory, name)),
    ];
    for (const each of [directory, stateDirectory]) mkdirSync(each);
    for (const file of files) writeFileSync(file, 'password');
    for (const path of [directory, stateDirectory, ...files]) chownSync(path, user.uid, user.gid);
    const others = join(stateDirectory, 'others');
    writeFileSync(others, '');
    chownSync(others, stranger, stranger);

    const link = join(folder, 'link');
    symlinkSync(directory, link);
    handBack({ pools: { directory: link, stateDirectory } }, user);
    for (const path of [directory, stateDirectory, ...files]) expect(ownerOf(path), path).toEqual([0, 0]);
    expect(ownerOf(others)).toEqual([stranger, stranger]);
  });
});
