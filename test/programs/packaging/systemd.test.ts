import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { needs, program } from '../../support/needs.ts';

const packaged = join(import.meta.dirname, '../../../packaging/systemd');
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

describe('the systemd units', () => {
  beforeEach(() => {
    needs(program(analyze));
  });

  it('expose the daemon to little, and its helper to no more than IP injection needs', () => {
    const folder = copiedUnits();
    const helper = join(folder, 'hyperv-kvp-helper.service');
    expect(exposure(join(folder, 'hyperv-kvp.service'))).toBeLessThanOrEqual(20);
    expect(exposure(join(folder, 'hyperv-kvp-ready.service'))).toBeLessThanOrEqual(20);
    expect(exposure(helper)).toBeLessThanOrEqual(31);
    rmSync(`${helper}.d`, { recursive: true });
    expect(exposure(helper)).toBeLessThanOrEqual(21);
  });

  it('have no mistake that systemd finds', () => {
    const folder = copiedUnits();
    const units = [
      'hyperv-kvp.service',
      'hyperv-kvp-helper.service',
      'hyperv-kvp-helper.socket',
      'hyperv-kvp-ready.service',
    ];
    for (const unit of units) {
      const path = join(folder, unit);
      const text = readFileSync(path, 'utf8');
      writeFileSync(path, text.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    }
    const paths = units.map((unit) => join(folder, unit));
    const { status, stderr } = spawnSync(analyze, ['verify', '--man=no', '--recursive-errors=no', ...paths], {
      encoding: 'utf8',
    });
    // Before systemd 254, which passes over them with a line each.
    const unknown = /^.*Unknown key(?: name)? '(?:RestartSteps|RestartMaxDelaySec)' in section .*, ignoring\.$/;
    const lines = stderr.split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !unknown.test(line))).toEqual([]);
    if (lines.length === 0) expect(status).toBe(0);
  });
});

describe('a service that cannot start', () => {
  const text = readFileSync(join(packaged, 'hyperv-kvp.service'), 'utf8');
  const number = (key: string): number => Number(new RegExp(`^${key}=(\\d+)`, 'm').exec(text)?.[1]);
  const [first, steps, most] = [number('RestartSec'), number('RestartSteps'), number('RestartMaxDelaySec') * 60];
  const burst = number('StartLimitBurst');
  const intervalSeconds = number('StartLimitIntervalSec') * 60;

  /** Starts within systemd's interval, of a service that fails at once. */
  function startsWithin(delay: (restart: number) => number): number {
    let starts = 0;
    for (let at = 0; at <= intervalSeconds; at += delay(starts - 1)) starts += 1;
    return starts;
  }

  it('is tried for ever by a systemd that has the pauses grow, as its manual says they do', () => {
    const grown = (restart: number): number => first * (most / first) ** (Math.min(restart, steps) / steps);
    expect(grown(steps)).toBe(60);
    expect(startsWithin(grown)).toBeLessThan(burst);
  });

  it('is no loop of one that does not', () => {
    expect(startsWithin(() => first)).toBeGreaterThan(burst);
  });
});

/** The conditions of a unit, in a machine of which there is nothing but these of the paths that it names. */
function starts(unit: string, ...present: readonly string[]): boolean {
  const folder = temporaryFolder();
  for (const path of present) mkdirSync(join(folder, path), { recursive: true });
  const conditions = readFileSync(join(packaged, unit), 'utf8').match(/^(Condition|Assert).*$/gm) ?? [];
  const there = conditions.map((line) => line.replace(/(?<=^ConditionPathExists=\|?)(?=\/)/, folder));
  return spawnSync(analyze, ['condition', ...there], { encoding: 'utf8' }).status === 0;
}

// KVM with Hyper-V's enlightenments is Microsoft's by systemd's count; the daemon would wait there for ever.
it.each(['hyperv-kvp.service', 'hyperv-kvp-ready.service'])('%s is started only where VMBus is', (unit) => {
  needs(program(analyze));
  expect(starts(unit)).toBe(false);
  expect(starts(unit, '/sys/bus/vmbus')).toBe(true);
  expect(starts(unit, '/dev/vmbus/hv_kvp')).toBe(true);
  expect(readFileSync(join(packaged, unit), 'utf8')).not.toContain('ConditionVirtualization');
});

it('the pools are there before cloud-init and Azure’s agent ask, and no other target ends the service', () => {
  const text = readFileSync(join(packaged, 'hyperv-kvp.service'), 'utf8');
  expect(text).toMatch(/^Before=.*\bcloud-init-local\.service\b.*\bwalinuxagent\.service\b/m);
  for (const unit of ['hyperv-kvp.service', 'hyperv-kvp-helper.socket', 'hyperv-kvp-helper.service']) {
    expect(readFileSync(join(packaged, unit), 'utf8')).toMatch(/^IgnoreOnIsolate=yes$/m);
  }
});

// At systemd's limit, 20 starts in 2 s, it closes the socket for good: one helper that cannot start would end all later changes of addresses.
it('the helper’s socket stays, however often the helper cannot start', () => {
  expect(readFileSync(join(packaged, 'hyperv-kvp-helper.socket'), 'utf8')).toMatch(/^TriggerLimitIntervalSec=0$/m);
});

it('the units pass on no variable by which Node or a shell would run other code, whoever has set it for all services', () => {
  const doors = ['BASH_ENV', 'ENV', 'NODE_OPTIONS', 'NODE_REPL_EXTERNAL_MODULE'];
  const openssl = ['OPENSSL_CONF', 'OPENSSL_ENGINES', 'OPENSSL_MODULES'];
  const services = readdirSync(packaged).filter((name) => name.endsWith('.service'));
  expect(services).toHaveLength(3);
  for (const unit of services) {
    const [, unset = ''] = /^UnsetEnvironment=(.*)$/m.exec(readFileSync(join(packaged, unit), 'utf8')) ?? [];
    expect(unset.split(' '), unit).toEqual([...doors, ...openssl]);
  }
});
