import { describe, expect, it } from 'vitest';
import { checks } from '../../../../src/hvkvp/doctor/checks.ts';
import { examine } from '../../../../src/hvkvp/doctor/examine.ts';
import type { System } from '../../../../src/message/dialect.ts';
import { patient } from './support/guest.ts';

describe('an examination', () => {
  it.each<System>(['linux', 'freebsd'])('finds nothing at a healthy guest on %s', async (system) => {
    const diagnoses = await examine(checks, await patient(system));
    expect(diagnoses.map(({ check }) => check)).toEqual(checks.map(({ name }) => name));
    expect(diagnoses.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it('makes each check after those that it needs', () => {
    checks.forEach(({ needs }, position) => {
      const earlier = checks.slice(0, position).map(({ name }) => name);
      for (const need of needs) expect(earlier).toContain(need);
    });
  });

  it('skips what a problem has robbed of its meaning, and names that problem', async () => {
    const diagnoses = await examine(checks, await patient('linux', { without: ['/sys/bus/vmbus/devices'] }));
    const states = Object.fromEntries(diagnoses.map(({ check, state, found }) => [check, [state, found]]));
    expect(states['data-exchange']?.[0]).toBe('problem');
    for (const skipped of ['device', 'daemon', 'registration', 'requests', 'clock']) {
      expect(states[skipped]).toEqual(['skipped', 'because of data-exchange']);
    }
    for (const judged of ['service', 'pool-files', 'addresses', 'ip-injection']) expect(states[judged]?.[0]).toBe('ok');
  });

  it('goes on after what cannot be told', async () => {
    const blind = {
      without: ['/sys/class/dmi'],
      hypervisor: undefined,
      files: { '/sys/bus/vmbus/drivers/hv_utils/m': '' },
    };
    const diagnoses = await examine(checks, await patient('linux', blind));
    expect(diagnoses.filter(({ state }) => state === 'skipped')).toEqual([]);
  });
});
