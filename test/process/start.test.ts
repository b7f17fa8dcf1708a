import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DaemonProcess, daemonProgram } from '../support/daemon-process.ts';
import { hvkvpProgram } from '../support/hvkvp-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Tells at the end what of Node itself was loaded. */
const preload = `import { writeSync } from 'node:fs';
  process.once('exit', () => writeSync(2, process.moduleLoadList.join('\\n')));`;

function relativeImports(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^import .*"(\..*)";$/gm)].map(([, path = '']) => path);
}

describe('the start of a program', () => {
  it.each([daemonProgram, hvkvpProgram])(
    'reads %s, one file with all that it needs, and a few lines of the bundler',
    (program) => {
      const [start = '', ...others] = relativeImports(program);
      expect(start).not.toBe('');
      expect(others).toEqual([]);
      const imports = relativeImports(join(program, '..', start));
      expect(imports.filter((path) => !path.endsWith('-rolldown-runtime.js'))).toEqual([]);
    },
  );

  it('loads nothing that an idle daemon does not need', async () => {
    const daemon = new DaemonProcess(['--device', '/nonexistent', '--pool-dir', temporaryFolder()], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}`,
    });
    await daemon.logged('ENOENT');
    await daemon.terminate();
    const loaded = daemon.lines.flatMap((line) => line.split('NativeModule ')[1] ?? []);
    expect(loaded).toContain('fs');
    for (const name of ['assert', 'child_process', 'crypto', 'http', 'net', 'zlib']) {
      expect(loaded).not.toContain(name);
    }
  });

  it('is told where its parts are from, by its comments', () => {
    const [start = ''] = relativeImports(daemonProgram);
    expect(readFileSync(join(daemonProgram, '..', start), 'utf8')).toContain('// src/device/session.ts');
  });
});
