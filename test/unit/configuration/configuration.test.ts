import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../../src/configuration/configuration-error.ts';
import { readConfiguration } from '../../../src/configuration/configuration.ts';
import { injectionSettings } from '../../../src/configuration/injection-settings.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function written(text: string): string {
  const file = join(temporaryFolder(), 'hyperv-kvp.toml');
  writeFileSync(file, text);
  return file;
}

async function problems(text: string): Promise<string> {
  const file = written(text);
  const error: unknown = await readConfiguration(file).catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error('the configuration was accepted');
  return error.message.replaceAll(file, 'FILE');
}

describe('the configuration', () => {
  it('gives every key that it knows', async () => {
    const file = written(`
      device = "/dev/vmbus/hv_kvp"
      log_level = "notice"
      core_dumps = true
      [pools]
      directory = "/var/lib/hyperv"
      state_directory = "/var/lib/hyperv-kvp"
      file_mode = "0600"
      durability = "memory"
      lock_timeout_ms = 500
      journal = "required"
      max_records = 1000
      [ip_injection]
      mode = "dry-run"
      interfaces = ["eth0"]
      denied_interfaces = ["eth1"]
      address_ranges = ["10.0.0.0/8", "2001:db8::/32"]
      gateway_ranges = ["10.0.0.1/32"]
      dns_ranges = ["10.1.0.0/16"]
      gateway = false
      dns = false
      dhcp = false
      ipv4 = false
      ipv6 = false
      changes_a_minute = 1
      backend = "network-manager"
      verify = false
      deadline_ms = 1000
      script = "/usr/local/sbin/set-addresses"
      script_arguments = "ifcfg"
      [report]
      interfaces = ["eth1", "bond*"]
      denied_interfaces = ["docker0"]
      families = ["ipv4"]
      link_local = false
      rdp_addresses = true
      [report.keys]
      Role = "database"
      Image = { file = "/etc/image" }
      Fingerprint = { guest_key = "Fingerprint" }
      [control]
      socket = ""
      [metrics]
      port = 9464
    `);
    expect(await readConfiguration(file)).toEqual({
      device: '/dev/vmbus/hv_kvp',
      log_level: 'notice',
      core_dumps: true,
      pools: {
        directory: '/var/lib/hyperv',
        state_directory: '/var/lib/hyperv-kvp',
        file_mode: 0o600,
        durability: 'memory',
        lock_timeout_ms: 500,
        journal: 'required',
        max_records: 1000,
      },
      ip_injection: {
        mode: 'dry-run',
        interfaces: ['eth0'],
        denied_interfaces: ['eth1'],
        address_ranges: [
          { family: 'ipv4', address: '10.0.0.0', prefixLength: 8 },
          { family: 'ipv6', address: '2001:db8::', prefixLength: 32 },
        ],
        gateway_ranges: [{ family: 'ipv4', address: '10.0.0.1', prefixLength: 32 }],
        dns_ranges: [{ family: 'ipv4', address: '10.1.0.0', prefixLength: 16 }],
        gateway: false,
        dns: false,
        dhcp: false,
        ipv4: false,
        ipv6: false,
        changes_a_minute: 1,
        backend: 'network-manager',
        verify: false,
        deadline_ms: 1000,
        script: '/usr/local/sbin/set-addresses',
        script_arguments: 'ifcfg',
      },
      report: {
        interfaces: ['eth1', 'bond*'],
        denied_interfaces: ['docker0'],
        families: ['ipv4'],
        link_local: false,
        rdp_addresses: true,
        keys: {
          Role: 'database',
          Image: { file: '/etc/image' },
          Fingerprint: { guest_key: 'Fingerprint' },
        },
      },
      control: { socket: '' },
      metrics: { port: 9464 },
    });
  });

  it('may be empty', async () => {
    expect(await readConfiguration(written('# nothing\n'))).toEqual({});
  });

  it.each([
    ['device = 5', 'FILE:1: device: must be text in quotes, not 5'],
    ['device = "relative"', 'FILE:1: device: must be an absolute path'],
    ['\n[pools]\n\nfile_mode = "rw"', 'FILE:4: pools.file_mode: must be four octal digits'],
    ['\npools.file_mode = "rw"', 'FILE:2: pools.file_mode: must be four octal digits'],
    ['\n[pools]\ndurability = "maybe"', 'FILE:3: pools.durability: must be "disk" or "memory", not "maybe"'],
    ['[pools]\nlock_timeout_ms = -1', 'FILE:2: pools.lock_timeout_ms: must be at least 0, not -1'],
    ['[pools]\nlock_timeout_ms = 1.5', 'FILE:2: pools.lock_timeout_ms: must be a whole number, not 1.5'],
    ['[pools]\ncolour = 1', 'FILE:2: pools.colour: unknown key'],
    ['[ip_injection]\nmode = "on"', 'FILE:2: ip_injection.mode: must be "off", "dry-run" or "apply", not "on"'],
    ['[ip_injection]\naddress_ranges = [\n"10.0.0.0"]', 'ip_injection.address_ranges.0: must be a range of addresses'],
    ['[ip_injection]\nbackend = "systemd"', 'FILE:2: ip_injection.backend: '],
    ['[ip_injection]\ndeadline_ms = 0', 'FILE:2: ip_injection.deadline_ms: '],
    // What the start would fail at, or take for something else.
    ['[ip_injection]\ndeadline_ms = 2147483648', 'FILE:2: ip_injection.deadline_ms: '],
    ['[pools]\nlock_timeout_ms = 2147483648', 'FILE:2: pools.lock_timeout_ms: '],
    ['[privileges]\nuser = "4294967295:1"', 'FILE:2: privileges.user: '],
    ['[privileges]\nuser = "1:4294967295"', 'FILE:2: privileges.user: '],
    ['device = "/dev/\\u0000"', 'FILE:1: device: '],
    ['[control]\nsocket = "/run/\\u0000"', 'FILE:2: control.socket: '],
    // A date for the one parser, none for the other.
    ['device = 2023-02-30', 'FILE:1: device: '],
    ['[report]\ninterfaces = ["eth 0"]', 'report.interfaces.0: must be the name of an interface or a pattern'],
    ['[report.keys]\nRole = 5', 'FILE:2: report.keys.Role: must be a text of at most 1022 bytes'],
    [`[report.keys]\nRole = "${'x'.repeat(1023)}"`, 'FILE:2: report.keys.Role: must not be longer than 1022 bytes'],
    ['\n\n[colours]\nred = 1', 'FILE:3: colours: unknown key'],
    ['log_level = "loud"', 'FILE:1: log_level: '],
    ['[control]\nsocket = "run/control"', 'FILE:2: control.socket: must be an absolute path, or "" for none'],
    ['[metrics]\nport = 65536', 'FILE:2: metrics.port: must be at most 65535, not 65536'],
    ['[report]\ninterfaces = "eth0"', 'FILE:2: report.interfaces: must be a list, such as ["eth0"], not "eth0"'],
    ['device = \n', 'FILE:1: '],
  ])('names file, line and key of what is wrong in %j', async (text, problem) => {
    expect(await problems(text)).toContain(problem);
  });

  it('names every problem at once', async () => {
    expect((await problems('device = 1\nother = 2\n')).split('\n')).toHaveLength(2);
  });

  it('is a system error if the file cannot be read', async () => {
    await expect(readConfiguration('/nonexistent.toml')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each(['linux', 'freebsd'] as const)(
    'leaves half a second for an answer within the time of %s’s driver',
    (system) => {
      const { deadlineMs } = injectionSettings({}, { system }, '/nonexistent');
      expect(deadlineMs).toBeLessThanOrEqual(dialects[system].replyTimeoutMs - 500);
    },
  );
});
