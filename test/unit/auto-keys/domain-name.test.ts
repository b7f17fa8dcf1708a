import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DomainName } from '../../../src/auto-keys/domain-name.ts';

/** A guest whose resolver answers when the test says so. */
function slowGuest(hostName = 'guest') {
  const answers: ((answer: string | undefined) => void)[] = [];
  const guest = {
    name: hostName,
    nowMs: 0,
    asked: [] as string[],
    inHostsFile: undefined as string | undefined,
    filesChanged: false,
    hostName: () => guest.name,
    nameInHostsFile: () => guest.inHostsFile,
    namesChanged: () => guest.filesChanged,
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

  it('is that of /etc/hosts until then, so that the first request has it', async () => {
    const { guest, domainName } = slowGuest();
    guest.inHostsFile = 'guest.example.com';
    expect(domainName.current()).toBe('guest.example.com');
    await guest.answer('guest.example.org');
    expect(domainName.current()).toBe('guest.example.org');
  });

  it('is not what /etc/hosts has if that is no full name', () => {
    const { guest, domainName } = slowGuest();
    for (guest.inHostsFile of ['guest', 'localhost.localdomain', '10.0.0.4']) {
      expect(domainName.current()).toBe('guest');
    }
  });

  it('is asked for once, however many requests come', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    domainName.current();
    await guest.answer('guest.example.com');
    guest.nowMs += 3_600_000;
    domainName.current();
    expect(guest.asked).toEqual(['guest']);
  });

  it('is asked for anew an hour after an answer, and told as it was until there is another', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    await guest.answer('guest.example.com');
    guest.nowMs += 3_600_001;
    expect(domainName.current()).toBe('guest.example.com');
    await guest.answer('guest.example.org');
    expect(domainName.current()).toBe('guest.example.org');
  });

  it('is asked for anew when the files by which names are looked up have changed, looked at once a second', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    await guest.answer('guest.example.com');
    guest.filesChanged = true;
    domainName.current();
    expect(guest.asked).toHaveLength(1);
    guest.nowMs += 1000;
    expect(domainName.current()).toBe('guest.example.com');
    expect(guest.asked).toHaveLength(2);
    await guest.answer('guest.example.org');
    expect(domainName.current()).toBe('guest.example.org');
  });

  it('is asked for anew when it is doubted, also while the resolver is at work', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    domainName.doubt();
    await guest.answer('guest.example.com');
    expect(domainName.current()).toBe('guest.example.com');
    await guest.answer('guest.example.org');
    expect(domainName.current()).toBe('guest.example.org');
    expect(guest.asked).toHaveLength(2);
  });

  it('stays what it was where the resolver cannot be reached any more, and goes with an answer that has none', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    await guest.answer('guest.example.com');
    domainName.doubt();
    domainName.current();
    await guest.answer(undefined);
    expect(domainName.current()).toBe('guest.example.com');
    guest.nowMs += 60_001;
    domainName.current();
    await guest.answer('guest');
    expect(domainName.current()).toBe('guest');
  });

  it('is asked for anew when the host name has changed, and is the new host name meanwhile', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    await guest.answer('guest.example.com');
    guest.name = 'renamed';
    expect(domainName.current()).toBe('renamed');
    await guest.answer('renamed.example.com');
    expect(domainName.current()).toBe('renamed.example.com');
    expect(guest.asked).toEqual(['guest', 'renamed']);
  });

  it('is not the answer for a name that has changed while the resolver was at work', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
    guest.name = 'renamed';
    await guest.answer('guest.example.com');
    expect(domainName.current()).toBe('renamed');
    await guest.answer('renamed.example.com');
    expect(domainName.current()).toBe('renamed.example.com');
  });

  it('is asked for again at a request that comes more than a minute after a failure', async () => {
    const { guest, domainName } = slowGuest();
    domainName.current();
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
    domainName.current();
    await guest.answer(answer);
    expect(domainName.current()).toBe('guest');
  });

  it.each(['guest.example.com', 'GUEST.Example.COM', 'a.b', 'xn--gst-sna.example', 'my_guest.corp', '1.example.com'])(
    'may be %s, with a dot at the end or without',
    async (answer) => {
      for (const text of [answer, `${answer}.`]) {
        const { guest, domainName } = slowGuest();
        domainName.current();
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
