import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/doctor/checks.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import type { System } from '../../src/message/dialect.ts';
import { bootTime, type Changes, goodReport, no, notInstalled, patient, systemctl, unit } from './support/guest.ts';

type Outcome = readonly [what: string, changes: Changes, state: Finding['state'], found: RegExp | string];

/** Every outcome of a check on a system. */
function outcomes(name: string, system: System, rows: readonly Outcome[]): void {
  it.each(rows)(`${name} on ${system}: %s`, async (_, changes, state, found) => {
    const check = checks.find((each) => each.name === name);
    const finding = await check?.examine(await patient(system, changes));
    expect(finding).toMatchObject({ state, found: expect.stringMatching(found) as string });
    if (state === 'problem' || state === 'advice') expect(finding?.remedy).toBeTruthy();
  });
}

const dmi = '/sys/class/dmi/id';
const withoutDmi = { without: [dmi] };
const bus = '/sys/bus/vmbus';

describe('hypervisor', () => {
  outcomes('hypervisor', 'linux', [
    ['the firmware says so', {}, 'ok', 'Microsoft Corporation Virtual Machine'],
    ['there is a VMBus', withoutDmi, 'ok', 'it has a VMBus'],
    ['CPUID says so', { without: [dmi, bus] }, 'ok', 'CPUID says "Microsoft Hv"'],
    [
      'KVM that calls itself Hyper-V',
      { without: [bus], files: { [`${dmi}/sys_vendor`]: 'QEMU', [`${dmi}/product_name`]: 'Standard PC' } },
      'problem',
      'not on Hyper-V: QEMU Standard PC imitates Hyper-V',
    ],
    [
      'Xen that calls itself Hyper-V',
      { without: [bus, dmi], files: { '/sys/hypervisor/type': 'xen\n' } },
      'problem',
      'not on Hyper-V: xen imitates Hyper-V',
    ],
    ['KVM', { without: [bus, dmi], hypervisor: 'KVMKVMKVM' }, 'problem', 'not on Hyper-V: CPUID says "KVMKVMKVM"'],
    ['a physical machine', { without: [bus, dmi], hypervisor: '' }, 'problem', 'not on Hyper-V: no hypervisor'],
    ['no CPUID and no firmware’s tables', { without: [bus, dmi], hypervisor: undefined }, 'unknown', 'nothing tells'],
  ]);
  outcomes('hypervisor', 'freebsd', [
    ['Hyper-V', {}, 'ok', 'kern.vm_guest is "hv"'],
    ['another', { commands: { 'sysctl -n kern.vm_guest': 'kvm\n' } }, 'problem', 'kern.vm_guest is "kvm"'],
    ['none', { commands: { 'sysctl -n kern.vm_guest': 'none\n' } }, 'problem', 'no hypervisor'],
    ['a jail without sysctl', { commands: { 'sysctl -n kern.vm_guest': notInstalled } }, 'unknown', 'nothing tells'],
  ]);
});

describe('driver', () => {
  outcomes('driver', 'linux', [
    ['a module', {}, 'ok', 'hv_utils is loaded'],
    ['in the kernel', { without: ['/proc/modules'] }, 'ok', 'hv_utils is built in'],
    ['no VMBus', { without: [bus] }, 'problem', 'no driver for VMBus'],
    ['no hv_utils', { without: [`${bus}/drivers`] }, 'problem', 'hv_utils.* is not loaded'],
  ]);
  outcomes('driver', 'freebsd', [
    ['in the kernel', {}, 'ok', 'hv_utils is built in'],
    ['a module', { commands: { 'kldstat -q -n hv_utils': '' } }, 'ok', 'hv_utils is loaded'],
    ['no VMBus', { commands: { 'sysctl -n dev.vmbus.0.%desc': no } }, 'problem', 'no driver for VMBus'],
    ['no utilities', { commands: { 'kldstat -q -m vmbus/hv_kvp': no } }, 'problem', 'is not loaded'],
  ]);
});

describe('data-exchange', () => {
  outcomes('data-exchange', 'linux', [
    ['offered', {}, 'ok', 'the host offers it'],
    ['not offered', { without: [`${bus}/devices`] }, 'problem', 'does not offer it'],
    [
      'only other devices',
      { files: { [`${bus}/devices/b6650ff7/class_id`]: '{f8615163-df3e-46c5-913f-f2d2f965ed0e}\n' } },
      'problem',
      'does not offer it',
    ],
  ]);
  outcomes('data-exchange', 'freebsd', [
    ['offered', {}, 'ok', 'the host offers it'],
    ['not offered', { commands: { 'sysctl -n dev.hvkvp.0.%desc': no } }, 'problem', 'does not offer it'],
  ]);
});

/** Nobody has the device open. */
const idle = { without: ['/proc/700'] };
const linuxDevice = '/dev/vmbus/hv_kvp';
const failsWith = (code: string): Changes => ({
  ...idle,
  prepare: (_, machine) => {
    Object.assign(machine, { tryOpen: () => code });
  },
});

describe('device', () => {
  outcomes('device', 'linux', [
    ['there, and not in use', idle, 'ok', 'can be used'],
    ['missing', { without: [linuxDevice] }, 'problem', `there is no ${linuxDevice}`],
    ['a file in its place', { without: [linuxDevice], files: { [linuxDevice]: '' } }, 'problem', 'is no device'],
    ['held by somebody invisible', failsWith('EBUSY'), 'problem', 'that cannot be seen from here has'],
    ['withdrawn', failsWith('EBADF'), 'problem', 'leads nowhere'],
    ['not for us', failsWith('EACCES'), 'unknown', 'we may not open'],
  ]);
  outcomes('device', 'freebsd', [
    ['there', {}, 'ok', 'can be used'],
    ['missing', { without: ['/dev/hv_kvp_dev'] }, 'problem', 'there is no /dev/hv_kvp_dev'],
    ['a file in its place', { without: ['/dev'], files: { '/dev/hv_kvp_dev': '' } }, 'problem', 'is no device'],
  ]);

  it.each<[string, System, Changes]>([
    ['a daemon has it on Linux', 'linux', {}],
    ['nobody has it on FreeBSD', 'freebsd', { commands: { 'fstat /dev/hv_kvp_dev': '' } }],
  ])('is not opened when %s', async (_, system, changes) => {
    const { machine, hyperV, settings } = await patient(system, changes);
    Object.assign(machine, { tryOpen: () => expect.fail('it was opened') });
    expect(hyperV.probeDevice(settings.device)).toBe('usable');
  });
});

const stock = (name: string): Changes => ({
  files: { '/proc/700/comm': `${name}\n`, '/proc/700/cmdline': `/usr/sbin/${name}\0-n\0` },
  report: { silence: 'nobody answers' },
});

describe('daemon', () => {
  outcomes('daemon', 'linux', [
    ['ours', {}, 'ok', 'process 700 \\(hv_kvp_daemon\\)'],
    ['ours, under another name', { files: stock('kvp').files ?? {} }, 'ok', 'process 700 \\(kvp\\)'],
    ['Debian’s', stock('hv_kvp_daemon'), 'problem', 'the stock daemon has the device: process 700 \\(hv_kvp_daemon\\)'],
    ['Red Hat’s', stock('hypervkvpd'), 'problem', 'the stock daemon has the device: process 700 \\(hypervkvpd\\)'],
    ['any other program', stock('cat'), 'problem', 'another program has the device: process 700 \\(cat\\)'],
    ['nobody', { ...idle, report: { silence: '' } }, 'problem', 'no daemon has the device open'],
    [
      'processes that we may not look into',
      { ...idle, files: { '/proc/9/comm': 'other\n' }, report: { silence: '' } },
      'unknown',
      'we may not see',
    ],
    ['one that answers, though we may not see it', { ...idle, files: { '/proc/9/comm': '' } }, 'ok', 'process 700'],
  ]);
  outcomes('daemon', 'freebsd', [
    ['ours', {}, 'ok', 'process 700 \\(hv_kvp_daemon\\)'],
    [
      'the base system’s',
      { commands: { 'ps -o command= -p 700': '/usr/sbin/hv_kvp_daemon\n' }, report: { silence: '' } },
      'problem',
      'the stock daemon has the device: process 700',
    ],
    [
      'nobody',
      { commands: { 'fstat /dev/hv_kvp_dev': 'USER CMD PID\n' }, report: { silence: '' } },
      'problem',
      'no daemon has the device open',
    ],
    ['no fstat', { commands: { 'fstat /dev/hv_kvp_dev': no }, report: { silence: '' } }, 'unknown', 'we may not see'],
  ]);

  it('tells how to stop the service of the stock daemon', async () => {
    const systemd = { [systemctl]: unit('hypervkvpd.service', 'enabled', 'active') };
    const examined = await patient('linux', { ...stock('hypervkvpd'), commands: systemd });
    const finding = await checks.find(({ name }) => name === 'daemon')?.examine(examined);
    expect(finding?.remedy).toMatch(/^systemctl disable --now hypervkvpd.service; then start/);
  });
});

const units = (...blocks: readonly string[]): Changes => ({ commands: { [systemctl]: blocks.join('\n') } });
const rc = '/etc/rc.d/hv_kvpd';
const baseRule = { '/etc/devd/hyperv.conf': 'action "/usr/sbin/hv_kvp_daemon";\n' };

describe('service', () => {
  outcomes('service', 'linux', [
    ['enabled and active', {}, 'ok', 'hv_kvp_daemon.service is enabled and runs'],
    ['started by udev', units(unit('hv-kvp-daemon.service', 'static', 'active')), 'ok', 'is enabled and runs'],
    [
      'two names of one unit',
      units(unit('a.service', 'enabled', 'active'), unit('a.service', 'enabled', 'active')),
      'ok',
      '',
    ],
    ['failed', units(unit('hypervkvpd.service', 'enabled', 'failed')), 'problem', 'hypervkvpd.service has failed'],
    ['not running', units(unit('a.service', 'enabled', 'inactive')), 'problem', 'enabled, but does not run'],
    ['disabled', units(unit('a.service', 'disabled', 'active')), 'problem', 'a.service is not enabled'],
    ['masked', units(unit('a.service', 'masked', 'inactive', 'masked')), 'problem', 'a.service is not enabled'],
    ['none', units(unit('a.service', '', 'inactive', 'not-found')), 'problem', 'nothing starts a daemon'],
    [
      'two rivals',
      units(unit('a.service', 'enabled', 'inactive'), unit('b.service', 'enabled', 'active')),
      'problem',
      'b.service and a.service are both enabled',
    ],
    ['no systemd', { commands: { [systemctl]: notInstalled } }, 'unknown', 'no service manager that we know'],
    ['a systemd that does not run', { commands: { [systemctl]: no } }, 'unknown', 'no service manager'],
  ]);
  outcomes('service', 'freebsd', [
    ['a script of rc', {}, 'ok', 'hv_kvpd is enabled and runs'],
    ['beside the rule of the base system', { files: baseRule }, 'ok', 'hv_kvpd is enabled and runs'],
    [
      'the rule of the base system alone',
      { without: [rc], files: { '/etc/rc.d/devd': '', ...baseRule } },
      'ok',
      'hyperv.conf starts it',
    ],
    ['not running', { commands: { 'service hv_kvpd onestatus': no } }, 'problem', 'enabled, but does not run'],
    ['not enabled', { commands: { 'service hv_kvpd enabled': no } }, 'problem', 'hv_kvpd is not enabled'],
    ['none', { without: [rc], files: { '/etc/rc.d/devd': '' } }, 'problem', 'nothing starts a daemon'],
    ['no rc', { without: ['/etc'] }, 'unknown', 'no service manager that we know'],
  ]);
});

const says = (changes: Partial<typeof goodReport>): Changes => ({ report: { ...goodReport, ...changes } });
const waiting = { state: 'waiting', integrationServices: '', trouble: 'ENOENT' } as const;

describe.each<System>(['linux', 'freebsd'])('the contact to the host, on %s', (system) => {
  outcomes('registration', system, [
    ['registered', {}, 'ok', 'registered, integration services 3.1'],
    ['waiting', says({ device: waiting }), 'problem', 'the daemon waits for the device: ENOENT'],
    ['no daemon of ours answers', { report: { silence: 'nobody answers' } }, 'unknown', 'nobody answers'],
  ]);
  outcomes('requests', system, [
    ['some', {}, 'ok', 'last 12 s ago'],
    ['one now', says({ lastRequestAt: '2026-03-01T11:59:59.900Z' }), 'ok', 'last just now'],
    ['some time ago', says({ lastRequestAt: '2026-03-01T09:30:00.000Z' }), 'ok', 'last 2 h ago'],
    ['none since long', says({ lastRequestAt: null }), 'problem', 'the host has asked nothing'],
    ['none yet', says({ lastRequestAt: null, startedAt: '2026-03-01T11:59:30.000Z' }), 'unknown', 'just started'],
    ['no daemon of ours answers', { report: { silence: 'nobody answers' } }, 'unknown', 'nobody answers'],
  ]);
  outcomes('clock', system, [
    ['sane', {}, 'ok', 'has not gone back'],
    ['a little adjusted', says({ lastRequestAt: '2026-03-01T12:00:01.000Z' }), 'ok', 'has not gone back'],
    ['went back', says({ lastRequestAt: '2026-03-01T13:00:00.000Z' }), 'problem', 'went back by 1 h'],
    ['before the start', says({ lastRequestAt: null, startedAt: '2026-03-03T12:00:00.000Z' }), 'problem', 'by 2 d'],
    ['no daemon of ours answers', { report: { silence: 'nobody answers' } }, 'unknown', 'nobody answers'],
  ]);
});

const toPool = (pool: number, change: (path: string) => void): Changes => ({
  prepare: (pools) => {
    change(join(pools, `.kvp_pool_${pool}`));
  },
});

describe.each<System>(['linux', 'freebsd'])('the pools on %s', (system) => {
  outcomes('pool-files', system, [
    ['whole', {}, 'ok', 'all five in .* are whole'],
    ['one missing', toPool(1, rmSync), 'problem', 'guest is missing'],
    [
      'all missing',
      {
        prepare: (pools) => {
          rmSync(pools, { recursive: true });
        },
      },
      'problem',
      'there are none in',
    ],
    [
      'a folder',
      toPool(0, (path) => {
        rmSync(path);
        mkdirSync(path);
      }),
      'problem',
      'external: it is not a regular file',
    ],
    [
      'a link',
      toPool(0, (path) => {
        rmSync(path);
        symlinkSync('/etc/passwd', path);
      }),
      'problem',
      'external: it is a symbolic link',
    ],
    [
      'a tail',
      toPool(3, (path) => {
        writeFileSync(path, 'x'.repeat(100));
      }),
      'advice',
      'auto-?[eE]xternal has 100 bytes at its end',
    ],
  ]);
  outcomes('pool-modes', system, [
    ['private', {}, 'ok', 'private enough'],
    [
      'readable',
      toPool(0, (path) => {
        chmodSync(path, 0o644);
      }),
      'advice',
      'everybody may read external',
    ],
    [
      'readable, without secrets',
      toPool(3, (path) => {
        chmodSync(path, 0o644);
      }),
      'ok',
      'private enough',
    ],
    [
      'writable',
      toPool(3, (path) => {
        chmodSync(path, 0o602);
      }),
      'problem',
      'everybody may write to auto-?[eE]xternal',
    ],
  ]);
  const before = new Date(bootTime.getTime() - 1000);
  outcomes('pool-age', system, [
    ['of this run', {}, 'ok', 'of this run'],
    [
      'of an earlier one',
      toPool(3, (path) => {
        utimesSync(path, before, before);
      }),
      'advice',
      '2026-03-01T05:59:59',
    ],
    [
      'empty',
      toPool(3, (path) => {
        writeFileSync(path, '');
        utimesSync(path, before, before);
      }),
      'ok',
      'nothing in it',
    ],
    [
      'no time of the start',
      { without: ['/proc/stat'], commands: { 'sysctl -n kern.boottime': no } },
      'unknown',
      'nothing tells when',
    ],
  ]);
});

const onlyInterfaces = (interfaces: Changes['interfaces']): Changes => ({ interfaces: { ...interfaces } });

describe.each<System>(['linux', 'freebsd'])('the addresses on %s', (system) => {
  const own = system === 'linux' ? 'eth0' : 'hn0';
  const bridge = system === 'linux' ? 'docker0' : 'bridge0';
  outcomes('addresses', system, [
    ['a usable one', {}, 'ok', 'the host is told 10.0.0.4'],
    [
      'a usable one among others',
      onlyInterfaces({ [bridge]: ['172.17.0.1/16'], [own]: ['169.254.7.7/16', '10.0.0.4/24'] }),
      'ok',
      'told 10.0.0.4, ',
    ],
    ['none', onlyInterfaces({ lo: ['127.0.0.1/8'] }), 'problem', 'there is no address'],
    ['link-local', onlyInterfaces({ [own]: ['169.254.7.7/16', 'fe80::7/64'] }), 'problem', 'a link-local address only'],
    ['a container bridge’s', onlyInterfaces({ [bridge]: ['172.17.0.1/16'] }), 'problem', 'of container bridges only'],
    ['IPv6', onlyInterfaces({ [own]: ['2001:db8::4/64'] }), 'advice', 'no IPv4 address, but 2001:db8::4'],
    ['a link-local one of IPv6', onlyInterfaces({ [own]: ['fe80::4/64'] }), 'problem', 'there is no address'],
  ]);
});

const inject = (policy: object, rest: object = {}): Changes => ({
  settings: (settings) => {
    const { injection } = settings;
    return { ...settings, injection: { ...injection, ...rest, policy: { ...injection.policy, ...policy } } };
  },
});

describe('ip-injection', () => {
  outcomes('ip-injection', 'linux', [
    ['possible', {}, 'ok', 'eth0 by networkd'],
    ['off', inject({ mode: 'off' }), 'ok', 'switched off'],
    ['dry', inject({ mode: 'dry-run' }), 'ok', 'eth0 by networkd; dry-run: nothing is changed'],
    ['no adapter', { without: ['/sys/class/net/eth0/device'] }, 'advice', 'no adapter that the host may change'],
    ['denied', inject({ deniedInterfaces: ['eth0'] }), 'advice', 'no adapter that the host may change'],
    ['another adapter named', inject({ interfaces: ['eth1'] }), 'advice', 'no adapter that the host may change'],
    ['no network manager', { without: ['/run'] }, 'advice', 'no network manager that we know has eth0'],
    ['no tools', { without: ['/usr'] }, 'problem', 'eth0, by networkd: networkctl not found'],
    ['no script', inject({}, { backEnd: 'script', script: '/no/script' }), 'problem', '/no/script not found'],
  ]);
  outcomes('ip-injection', 'freebsd', [
    ['possible', {}, 'ok', 'hn0 by freebsd; hn1 by freebsd'],
    ['off', inject({ mode: 'off' }), 'ok', 'switched off'],
    ['no tools', { without: ['/usr'] }, 'problem', 'hn0, by freebsd: .*service.* not found'],
  ]);
});
