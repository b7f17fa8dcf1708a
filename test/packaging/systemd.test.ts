import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const packaged = join(import.meta.dirname, '../../packaging/systemd');
const analyze = '/usr/bin/systemd-analyze';

/** A copy of the unit and its drop-in; returns the unit's path. */
function copiedUnit(): string {
  const folder = temporaryFolder();
  cpSync(packaged, folder, { recursive: true });
  return join(folder, 'hyperv-kvp.service');
}

/** In tenths, as `--threshold=` takes it. */
function exposure(unit: string): number {
  const { stdout } = spawnSync(analyze, ['security', '--offline=yes', '--no-pager', unit], { encoding: 'utf8' });
  return Math.round(Number(/exposure level for \S+ ([\d.]+)/.exec(stdout)?.[1]) * 10);
}

describe.runIf(existsSync(analyze))('the systemd unit', () => {
  it('is exposed by no more than 3.0 with what IP injection needs, and less without', () => {
    const unit = copiedUnit();
    const withInjection = exposure(unit);
    rmSync(`${unit}.d`, { recursive: true });
    expect(withInjection).toBeLessThanOrEqual(30);
    expect(exposure(unit)).toBeLessThan(withInjection);
  });

  it('has no mistake that systemd finds', () => {
    const unit = copiedUnit();
    const text = readFileSync(unit, 'utf8');
    writeFileSync(unit, text.replace('/usr/sbin/hv_kvp_daemon', process.execPath));
    const { status, stderr } = spawnSync(analyze, ['verify', '--man=no', '--recursive-errors=no', unit], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});
