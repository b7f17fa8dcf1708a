import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KnownFile } from '../../../src/platform/known-file.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import { fakeMachine } from './fake-machine.ts';

const timesTellMs = 2100;

/** A machine with a file that is reached by a link, and a reader that counts. */
function withFile(text: string) {
  const machine: Machine = fakeMachine({ files: { '/usr/lib/release': text, '/etc/other': '' } });
  const target = join(machine.root, 'usr/lib/release');
  const link = join(machine.root, 'etc/release');
  symlinkSync('../usr/lib/release', link);
  const count = { reads: 0 };
  const file = new KnownFile(machine, '/etc/release', (content) => {
    count.reads += 1;
    return content;
  });
  return { file, target, link, count };
}

function sleep(timeMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, timeMs);
  });
}

describe('a known file', () => {
  it('is read once, and again when it, or where a link leads, is another', async () => {
    const { file, target, link, count } = withFile('one');
    await sleep(timesTellMs);
    for (let request = 0; request < 3; request += 1) expect(file.current()).toBe('one');
    expect(count.reads).toBe(1);
    writeFileSync(target, 'two');
    expect(file.current()).toBe('two');
    rmSync(link);
    expect(file.current()).toBeUndefined();
    mkdirSync(link);
    expect(file.current()).toBeUndefined();
    rmSync(link, { recursive: true });
    writeFileSync(link, 'three');
    expect(file.current()).toBe('three');
  });

  it('is read each time as long as a change may not show in its times', () => {
    const { file, target, count } = withFile('text');
    const old = new Date(0);
    for (let change = 0; change < 1000; change += 1) {
      const text = String(change).padStart(4, '0');
      writeFileSync(target, text);
      utimesSync(target, old, old);
      expect(file.current()).toBe(text);
    }
    // Recent kernels tell each of these changes; on older ones nothing but the file's youth does.
    const { reads } = count;
    file.current();
    expect(count.reads).toBe(reads + 1);
  });

  it('that is not there is not looked into again', () => {
    const { file, link, count } = withFile('text');
    rmSync(link);
    expect(file.current()).toBeUndefined();
    expect(file.current()).toBeUndefined();
    expect(count.reads).toBe(1);
  });
});
