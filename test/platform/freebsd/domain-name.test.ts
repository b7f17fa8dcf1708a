import { expect, it } from 'vitest';
import { lookUpDomainName } from '../../../src/platform/freebsd/domain-name.ts';
import { fakeMachine } from '../fake-machine.ts';

const { signal } = new AbortController();

it('asks getent(1) for the canonical name', async () => {
  const output = '10.0.0.4                                guest.example.com  guest\n';
  const machine = fakeMachine({ commands: { 'getent hosts guest': output } });
  expect(await lookUpDomainName(machine, 'guest', signal)).toBe('guest.example.com');
});

it('knows nothing where that fails or prints something else', async () => {
  const failed = { status: 2, output: '', errors: '' };
  for (const result of [failed, '', '\n', 'error\n']) {
    expect(
      await lookUpDomainName(fakeMachine({ commands: { 'getent hosts guest': result } }), 'guest', signal),
    ).toBeUndefined();
  }
});
