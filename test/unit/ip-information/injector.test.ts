import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockChanges } from '../../../src/ip-information/change-lock.ts';
import { Deadline } from '../../../src/ip-information/deadline.ts';
import { Status } from '../../../src/message/status.ts';
import { permissive, request, subnet } from './support/proposals.ts';
import { FakeNetwork } from './support/fake-network.ts';

const failed = { status: 1, output: '', errors: 'it is broken\n' };
const former = '192.168.1.4/24';

describe('a change', () => {
  it('is written, made, read back, and told in one line', async () => {
    const network = new FakeNetwork();
    expect(await network.injector().set(request())).toBe(Status.ok);
    expect(network.addresses).toEqual(['10.0.0.4/24']);
    expect(network.read()).toBe('10.0.0.4/24\n');
    expect(network.lines).toEqual([
      'the host sets eth0 (f8b3781b-1e82-4818-a1c3-63d806ec15bb) from 192.168.1.4/24 to 10.0.0.4/24: applied by networkd',
    ]);
    expect(existsSync(network.record)).toBe(false);
  });

  it('asked for twice changes nothing the second time', async () => {
    const network = new FakeNetwork();
    const injector = network.injector();
    await injector.set(request());
    const { length } = network.commands;
    expect(await injector.set(request({ addresses: ' 10.0.0.4;', subnets: '24' }))).toBe(Status.ok);
    expect(network.commands).toHaveLength(length);
    expect(network.lines.at(-1)).toMatch(/: unchanged \(networkd\)$/);
  });

  it('is made again if the file is there but the address is not', async () => {
    const network = new FakeNetwork([]);
    network.write(['10.0.0.4/24'], 0o644);
    expect(await network.injector().set(request())).toBe(Status.ok);
    expect(network.addresses).toEqual(['10.0.0.4/24']);
  });

  it('never makes the mode of a file wider', async () => {
    const network = new FakeNetwork();
    await network.injector().set(request());
    expect(network.mode).toBe(0o640);
    const bare = new FakeNetwork([]);
    await bare.injector().set(request());
    expect(bare.mode).toBe(0o644);
  });

  it('waits for a network manager that comes up after the handshake', async () => {
    const network = new FakeNetwork();
    network.isUp = false;
    const answer = network.injector().set(request());
    setTimeout(() => (network.isUp = true), 200);
    expect(await answer).toBe(Status.ok);
  });

  it('comes after the one before, also when both are asked for at once', async () => {
    const network = new FakeNetwork();
    const injector = network.injector();
    const answers = [injector.set(request()), injector.set(request({ addresses: '10.0.0.5' }))];
    expect(await Promise.all(answers)).toEqual([Status.ok, Status.ok]);
    expect(network.addresses).toEqual(['10.0.0.5/24']);
  });
});

describe('nothing is touched', () => {
  it.each([
    ['wrong text', { addresses: '10.0.0' }, Status.invalidArgument],
    ['an unknown adapter', { adapterId: '{00000000-0000-0000-0000-000000000000}' }, Status.guidNotFound],
  ])('by %s, for which the stock daemon has already overwritten the file', async (_, differences, status) => {
    const network = new FakeNetwork();
    expect(await network.injector().set(request(differences))).toBe(status);
    expect(network.read()).toBe(`${former}\n`);
    expect(network.commands).toEqual([]);
    expect(existsSync(network.record)).toBe(false);
    expect(network.lines).toHaveLength(1);
  });

  it('by a request against the policy, and the log names the rule', async () => {
    const network = new FakeNetwork();
    const injector = network.injector({ policy: { ...permissive, addressRanges: [subnet('10.1.0.0/16')] } });
    expect(await injector.set(request())).toBe(Status.fail);
    expect(network.lines[0]).toContain('ip_injection.address_ranges: 10.0.0.4 is in none of them');
    expect(network.commands).toEqual([]);
  });

  it('by a dry run, and the log shows what would be done', async () => {
    const network = new FakeNetwork();
    expect(await network.injector({ policy: { ...permissive, mode: 'dry-run' } }).set(request())).toBe(Status.fail);
    expect(network.lines).toContain('dry run: +10.0.0.4/24');
    expect(network.lines).toContain('dry run: $ fake-up eth0');
    expect(network.commands).toEqual([]);
    expect(network.read()).toBe(`${former}\n`);
  });

  it('beyond the limit of changes, but by a request that changes nothing', async () => {
    const network = new FakeNetwork();
    const injector = network.injector({ changesAMinute: 1 });
    expect(await injector.set(request())).toBe(Status.ok);
    expect(await injector.set(request())).toBe(Status.ok);
    expect(await injector.set(request({ addresses: '10.0.0.5' }))).toBe(Status.fail);
    expect(network.lines.at(-1)).toContain('ip_injection.changes_a_minute');
    expect(network.addresses).toEqual(['10.0.0.4/24']);
  });

  it('once root has forbidden it, also by a request that was made before', async () => {
    const network = new FakeNetwork();
    const injector = network.injector();
    network.overrides.set('fake-down eth0', () => {
      network.policy = { ...permissive, mode: 'off' };
      return Promise.resolve(failed);
    });
    const answers = [injector.set(request()), injector.set(request({ addresses: '10.0.0.5' }))];
    expect(await Promise.all(answers)).toEqual([Status.fail, Status.fail]);
    expect(network.lines.at(-1)).toContain('ip_injection.mode: nothing may be changed');
    expect(network.addresses).toEqual([former]);
  });

  it('while another process changes addresses', async () => {
    const network = new FakeNetwork();
    const lock = await lockChanges(join(network.stateDirectory, 'ip-injection.lock'), new Deadline(0));
    const injector = network.injector({ deadlineMs: 300 });
    expect(await injector.set(request())).toBe(Status.fail);
    expect(network.lines.at(-1)).toContain('is changing addresses');
    expect(network.commands).toEqual([]);
    if ('release' in lock) lock.release();
    expect(await injector.set(request())).toBe(Status.ok);
  });

  it('beyond the limit of changes that an earlier process has made', async () => {
    const network = new FakeNetwork();
    expect(await network.injector({ changesAMinute: 1 }).set(request())).toBe(Status.ok);
    const next = network.injector({ changesAMinute: 1 });
    expect(await next.set(request({ addresses: '10.0.0.5' }))).toBe(Status.fail);
    expect(network.lines.at(-1)).toContain('ip_injection.changes_a_minute');
    expect(network.addresses).toEqual(['10.0.0.4/24']);
  });

  it('where a file of the plan cannot be written', async () => {
    const network = new FakeNetwork();
    const files = [{ path: '/etc/fake/other', text: '', mode: 0o644 }];
    symlinkSync('nowhere/other', join(network.machine.root, 'etc/fake/other'));
    expect(await network.injector({}, { files }).set(request())).toBe(Status.fail);
    expect(network.commands).toEqual([]);
    expect(network.lines.at(-1)).toContain(
      'nothing was changed: /etc/fake/other, a link to nowhere/other, cannot be written: ENOENT',
    );
  });

  it('where no network manager has the adapter', async () => {
    const network = new FakeNetwork();
    network.isUp = false;
    expect(await network.injector({ deadlineMs: 200 }).set(request())).toBe(Status.fail);
    expect(network.commands).toEqual([]);
  });
});

describe('the former state comes back, and the host is told of the failure', () => {
  function expectFormer(network: FakeNetwork): void {
    expect(network.read()).toBe(`${former}\n`);
    expect(network.mode).toBe(0o640);
    expect(network.addresses).toEqual([former]);
    expect(existsSync(network.record)).toBe(false);
  }

  it.each(['fake-down eth0', 'fake-up eth0'])('if %s fails', async (command) => {
    const network = new FakeNetwork();
    network.overrides.set(command, () => Promise.resolve(failed));
    expect(await network.injector().set(request())).toBe(Status.fail);
    expectFormer(network);
    expect(network.lines.at(-1)).toContain(`undone: ${command}: status 1: it is broken`);
  });

  it('if a command says by its errors alone that it failed, as "nmcli connection load" does', async () => {
    const network = new FakeNetwork();
    network.overrides.set('fake-load', () => Promise.resolve({ ...failed, status: 0 }));
    const commands = [{ program: 'fake-load', args: [], judgedBy: 'errors' }] as const;
    expect(await network.injector({}, { commands }).set(request())).toBe(Status.fail);
    expectFormer(network);
  });

  it('if the address is not there although every command succeeded', async () => {
    const network = new FakeNetwork();
    network.overrides.set('fake-up eth0', () => Promise.resolve({ ...failed, status: 0 }));
    expect(await network.injector().set(request())).toBe(Status.fail);
    expectFormer(network);
    expect(network.lines.at(-1)).toContain('10.0.0.4/24 is missing');
  });

  it('if a file is saved by somebody else while commands run, and what they saved stays', async () => {
    const network = new FakeNetwork();
    network.overrides.set('fake-down eth0', () => {
      network.write(['172.16.0.4/12']);
      return Promise.resolve({ ...failed, status: 0 });
    });
    expect(await network.injector().set(request())).toBe(Status.fail);
    expect(network.read()).toBe('172.16.0.4/12\n');
    expect(network.lines).toContainEqual(expect.stringContaining('was changed by another program meanwhile'));
  });

  it('if a file cannot be written', async () => {
    const network = new FakeNetwork();
    const files = [
      { path: '/etc/fake/eth0', text: '10.0.0.4/24\n', mode: 0o644 },
      { path: '/etc/fake/eth0/below-a-file', text: '', mode: 0o644 },
    ];
    expect(await network.injector({}, { files }).set(request())).toBe(Status.fail);
    expectFormer(network);
  });

  it('also where there was no file', async () => {
    const network = new FakeNetwork([]);
    network.overrides.set('fake-up eth0', () => Promise.resolve(failed));
    expect(await network.injector().set(request())).toBe(Status.fail);
    expect(network.read()).toBeUndefined();
  });

  it('after a command that does not end, with an answer in time', async () => {
    const network = new FakeNetwork();
    let end: () => void = () => undefined;
    network.overrides.set('fake-up eth0', async () => {
      await new Promise<void>((resolve) => (end = resolve));
      return failed;
    });
    const injector = network.injector({ deadlineMs: 300 });
    expect(await injector.set(request())).toBe(Status.fail);
    // One that finds no time left behind it changes nothing.
    expect(await injector.set(request({ addresses: '10.0.0.5' }))).toBe(Status.fail);
    end();
    // The next request waits for the roll-back of this one.
    await injector.set(request({ addresses: 'nonsense' }));
    expectFormer(network);
    expect(network.commands.filter((command) => command === 'fake-up eth0')).toHaveLength(2);
    expect(network.lines).toContainEqual(expect.stringContaining('no time was left'));
  });
});
