import { expect, it } from 'vitest';
import { lookUpDomainName } from '../../../src/platform/linux/domain-name.ts';
import { fakeMachine } from '../fake-machine.ts';

const { signal } = new AbortController();

it('asks hostname(1) for the canonical name', async () => {
  const machine = fakeMachine({ commands: { 'hostname -f': 'guest.example.com\n' } });
  expect(await lookUpDomainName(machine, 'guest', signal)).toBe('guest.example.com');
});

it('knows nothing where that fails, and never hands on an error text, as the stock daemon does', async () => {
  const failed = { status: 1, output: '', errors: 'hostname: Temporary failure in name resolution\n' };
  expect(await lookUpDomainName(fakeMachine({ commands: { 'hostname -f': failed } }), 'guest', signal)).toBeUndefined();
  expect(await lookUpDomainName(fakeMachine({}), 'guest', signal)).toBeUndefined();
});
