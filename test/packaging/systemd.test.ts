import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const packaged = join(import.meta.dirname, '../../packaging/systemd');
const analyze = '/usr/bin/systemd-analyze';

/** A copy of the units and the drop-in; returns the folder. */
function copiedUnits(): string {
  const folder = temporaryFolder();
  cpSync(packaged, folder, { recursive: true });
  return folder;
}

/** In tenths, as `--threshold=` takes it. */
function exposure(unit: string): number {
  const { stdout } = spawnSync(analyze, ['security', '--offline=yes', '--no-pager', unit], { encoding: 'utf8' });
  return Math.round(Number(/exposure level for \S+ ([\d.]+)/.exec(stdout)?.[1]) * 10);
}

describe.runIf(existsSync(analyze))('the systemd units', () => {
  it('expose the daemon to little, and its helper to no more than IP injection needs', () => {
    const folder = copiedUnits();
    const helper = join(folder, 'hyperv-kvp-helper.service');
    expect(exposure(join(folder, 'hyperv-kvp.service'))).toBeLessThanOrEqual(20);
    expect(exposure(helper)).toBeLessThanOrEqual(31);
    rmSync(`${helper}.d`, { recursive: true });
    expect(exposure(helper)).toBeLessThanOrEqual(21);
  });

  it('have no mistake that systemd finds', () => {
    const folder = copiedUnits();
    const units = ['hyperv-kvp.service', 'hyperv-kvp-helper.service', 'hyperv-kvp-helper.socket'];
    for (const unit of units) {
      const path = join(folder, unit);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    }
    const paths = units.map((unit) => join(folder, unit));
    const { status, stderr } = spawnSync(analyze, ['verify', '--man=no', '--recursive-errors=no', ...paths], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
