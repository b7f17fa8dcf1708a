import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DomainName } from '../../src/auto-keys/domain-name.ts';
import { platform } from '../../src/platform/platform.ts';
import { type CommandResult, runCommand } from '../../src/platform/run-command.ts';
import { fakeMachine } from '../platform/fake-machine.ts';

/** A guest whose resolver answers when the test says so. */
function slowGuest(hostName = 'guest') {
  const answers: ((answer: string | undefined) => void)[] = [];
  const guest = {
    name: hostName,
    nowMs: 0,
    asked: [] as string[],
    hostName: () => guest.name,
    lookUpDomainName(asked: string) {
      guest.asked.push(asked);
      return new Promise<string | undefined>((resolve) => answers.push(resolve));
    },
    async answer(text: string | undefined) {
      answers.shift()?.(text);
      await Promise.resolve();
    },
  };
  return { guest, domainName: new DomainName(guest, () => guest.nowMs) };
}

describe('the domain name', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is the host name until the resolver has answered, and no request waits for it', async () => {
    const { guest, domainName } = slowGuest();
    expect(domainName.current()).toBe('guest');
    await guest.answer('guest.example.com');
    expect(domainName.current()).toBe('guest.example.com');
  });

  it('is asked for once, however many requests come', async () => {
    const { guest, domainName } = slowGuest();
    domainName.refresh();
    domainName.current();
    await guest.answer('guest.example.com');
    guest.nowMs += 3_600_000;
    domainName.current();
    expect(guest.asked).toEqual(['guest']);
  });

  it('is asked for anew when the host name has changed, and is the new host name meanwhile', async () => {
    const { guest, domainName } = slowGuest();
    domainName.refresh();
    await guest.answer('guest.example.com');
    guest.name = 'renamed';
    expect(domainName.current()).toBe('renamed');
    await guest.answer('renamed.example.com');
    expect(domainName.current()).toBe('renamed.example.com');
    expect(guest.asked).toEqual(['guest', 'renamed']);
  });

  it('is not the answer for a name that has changed while the resolver was at work', async () => {
    const { guest, domainName } = slowGuest();
    domainName.refresh();
    guest.name = 'renamed';
    await guest.answer('guest.example.com');
    expect(domainName.current()).toBe('renamed');
    await guest.answer('renamed.example.com');
    expect(domainName.current()).toBe('renamed.example.com');
  });

  it('is asked for again at a request that comes more than a minute after a failure', async () => {
    const { guest, domainName } = slowGuest();
    domainName.refresh();
    await guest.answer(undefined);
    guest.nowMs += 60_000;
    expect(domainName.current()).toBe('guest');
    expect(guest.asked).toHaveLength(1);
    guest.nowMs += 1;
    expect(domainName.current()).toBe('guest');
    expect(guest.asked).toHaveLength(2);
    await guest.answer('guest.example.com');
    expect(domainName.current()).toBe('guest.example.com');
  });

  it('is the host name itself if that has a domain', () => {
    const { guest, domainName } = slowGuest('guest.example.com');
    expect(domainName.current()).toBe('guest.example.com');
    expect(guest.asked).toEqual([]);
  });

  it.each([
    'getaddrinfo failed: 0xfffffffe Name or service not known',
    'hostname: Temporary failure in name resolution',
    'guest',
    'localhost.localdomain',
    '',
    '10.0.0.4',
    'fe80::1',
    '-guest.example.com',
    'guest..example.com',
    `${'x'.repeat(64)}.example.com`,
    `${'x.'.repeat(127)}example`,
    'guest.example.com\nother',
    'guest.exämple.com',
  ])('is never %j, as the stock daemon makes it', async (answer) => {
    const { guest, domainName } = slowGuest();
    domainName.refresh();
    await guest.answer(answer);
    expect(domainName.current()).toBe('guest');
  });

  it.each(['guest.example.com', 'GUEST.Example.COM', 'a.b', 'xn--gst-sna.example', 'my_guest.corp', '1.example.com'])(
    'may be %s, with a dot at the end or without',
    async (answer) => {
      for (const text of [answer, `${answer}.`]) {
        const { guest, domainName } = slowGuest();
        domainName.refresh();
        await guest.answer(text);
        expect(domainName.current()).toBe(answer);
      }
    },
  );

  it('is not asked for after the end', () => {
    const { guest, domainName } = slowGuest();
    domainName.close();
    expect(domainName.current()).toBe('guest');
    expect(guest.asked).toEqual([]);
  });
});

it('a look-up that hangs is killed at the end', async () => {
  const results: Promise<CommandResult>[] = [];
  const machine = fakeMachine({});
  const run: typeof runCommand = (_program, _args, options) => {
    const result = runCommand('sleep', ['60'], options);
    results.push(result);
    return result;
  };
  const domainName = new DomainName(platform('linux', { ...machine, run }));
  domainName.refresh();
  domainName.close();
  expect(await Promise.all(results)).toMatchObject([{ status: undefined }]);
});
