import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { FakeNetwork } from './support/fake-network.ts';
import { request } from './support/proposals.ts';

const failed = { status: 1, output: '', errors: 'it is broken\n' };
const former = '192.168.1.4/24';

describe('a crash in the middle of a change', () => {
  /** As far as the change gets before the command that never returns. */
  async function crashed(command: string): Promise<FakeNetwork> {
    const network = new FakeNetwork();
    await new Promise<void>((resolve, reject) => {
      network.overrides.set(command, () => {
        resolve();
        return new Promise(() => undefined);
      });
      network.injector().set(request()).catch(reject);
    });
    network.commands.length = 0;
    network.letGo();
    return network;
  }

  it.each(['fake-down eth0', 'fake-up eth0'])(
    'in %s is undone at the next start, before any request',
    async (command) => {
      const network = await crashed(command);
      const injector = network.injector();
      const recovered = injector.recover();
      expect(await injector.set(request({ addresses: 'nonsense' }))).toBe(Status.invalidArgument);
      await recovered;
      expect(network.read()).toBe(`${former}\n`);
      expect(network.addresses).toEqual([former]);
      expect(existsSync(network.record)).toBe(false);
      expect(network.lines[0]).toBe('undoing the change of eth0 by networkd that was interrupted');
    },
  );

  it('keeps the record from everybody else', async () => {
    const network = await crashed('fake-up eth0');
    expect(statSync(network.record).mode & 0o777).toBe(0o600);
  });

  it('brings the files back even if no command can be run yet, and tries again until the addresses are there, too', async () => {
    const network = await crashed('fake-up eth0');
    network.overrides.set('fake-down eth0', () => Promise.resolve(failed));
    network.overrides.set('fake-up eth0', () => Promise.resolve(failed));
    await network.injector().recover();
    expect(network.read()).toBe(`${former}\n`);
    expect(network.addresses).toEqual([]);
    expect(existsSync(network.record)).toBe(true);
    expect(network.lines.at(-1)).toContain(`is not fully undone yet; another attempt follows: ${former} is missing`);
    await network.injector().recover();
    expect(network.addresses).toEqual([former]);
    expect(existsSync(network.record)).toBe(false);
  });

  it('is undone though a command fails, if the former addresses are there', async () => {
    const network = await crashed('fake-down eth0');
    network.overrides.set('fake-down eth0', () => Promise.resolve(failed));
    await network.injector().recover();
    expect(network.addresses).toEqual([former]);
    expect(existsSync(network.record)).toBe(false);
  });

  it('leaves a file alone that somebody has written since', async () => {
    const network = await crashed('fake-up eth0');
    network.write(['172.16.0.4/12']);
    await network.injector().recover();
    expect(network.read()).toBe('172.16.0.4/12\n');
    expect(network.lines).toContainEqual(expect.stringContaining('was changed by another program'));
  });

  it('is undone as far as it can be, and the rest at the next request', async () => {
    const network = await crashed('fake-up eth0');
    network.blockFile();
    await network.injector().recover();
    expect(existsSync(network.record)).toBe(true);
    expect(network.commands).toContain('fake-up eth0');
    expect(network.lines).toContainEqual(expect.stringContaining(`cannot restore /etc/fake/eth0: `));
    expect(await network.injector().set(request())).toBe(Status.fail);
    expect(network.lines.at(-1)).toContain('an earlier change cannot be undone');
    network.unblockFile();
    const injector = network.injector({ deadlineMs: 10_000 });
    expect(await injector.set(request({ addresses: '10.0.0.5' }))).toBe(Status.ok);
    expect(existsSync(network.record)).toBe(false);
  });

  it('is not undone from a folder into which somebody else may have put the record', async () => {
    const network = await crashed('fake-up eth0');
    const changed = network.read();
    chmodSync(network.stateDirectory, 0o777);
    await network.injector().recover();
    expect(network.lines[0]).toContain('not undoing an interrupted change: users other than root can write to');
    expect(network.read()).toBe(changed);
    expect(network.commands).toEqual([]);
    expect(existsSync(network.record)).toBe(true);
  });

  it('with a record that cannot be read costs a line in the log, not the service', async () => {
    const network = new FakeNetwork();
    writeFileSync(network.record, '{');
    const injector = network.injector();
    await injector.recover();
    expect(network.lines[0]).toContain('EBADMSG');
    expect(await injector.set(request())).toBe(Status.ok);
  });
});
