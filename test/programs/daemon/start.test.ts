import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { freePort } from '../../support/free-port.ts';
import { hvkvpProgram } from '../../support/hvkvp-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Tells at the end what of Node itself was loaded. */
const preload = `import { writeSync } from 'node:fs';
  process.once('exit', () => writeSync(2, process.moduleLoadList.join('\\n')));`;
const telling = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };

async function loadedBy(daemon: DaemonProcess): Promise<readonly string[]> {
  await daemon.terminate();
  return daemon.lines.flatMap((line) => line.split('NativeModule ')[1] ?? []);
}

/** Beyond it a file is no mere sign to the next one. */
const fewLines = 2048;

/** The files that a program reads before it does anything, itself first. */
function filesOf(program: string): string[] {
  const imports = /^(?:(?:import|export) .*|const \{.*\} = await import\()"(\..*)"\)?;$/gm;
  const next = [...readFileSync(program, 'utf8').matchAll(imports)].map(([, path = '']) => join(program, '..', path));
  return [program, ...next.flatMap(filesOf)];
}

describe('the start of a program', () => {
  it.each([daemonProgram, hvkvpProgram])(
    'reads %s, one file with all that it needs, and a few lines of the bundler',
    (program) => {
      expect(filesOf(program).filter((file) => statSync(file).size > fewLines)).toHaveLength(1);
    },
  );

  it('loads nothing that an idle daemon does not need', async () => {
    const daemon = new DaemonProcess(['--device', '/nonexistent', '--pool-dir', temporaryFolder()], telling);
    await daemon.logged('ENOENT');
    const loaded = await loadedBy(daemon);
    expect(loaded).toContain('fs');
    for (const name of ['assert', 'child_process', 'crypto', 'http', 'net', 'zlib']) {
      expect(loaded).not.toContain(name);
    }
  });

  it('loads no HTTP client to serve metrics', async () => {
    const folder = temporaryFolder();
    const configuration = join(folder, 'hyperv-kvp.toml');
    const port = await freePort();
    writeFileSync(configuration, `[metrics]\nport = ${port}\n`);
    const words = ['--config', configuration, '--device', '/nonexistent', '--pool-dir', folder];
    const daemon = new DaemonProcess(words, telling);
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}/metrics`));
    const loaded = await loadedBy(daemon);
    expect(loaded).toContain('http');
    expect(loaded).not.toContain('internal/deps/undici/undici');
  });

  it('is told where its parts are from, by its comments', () => {
    const text = filesOf(daemonProgram).map((file) => readFileSync(file, 'utf8'));
    expect(text.join('')).toContain('// src/session/session.ts');
  });
});
