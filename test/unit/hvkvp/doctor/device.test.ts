import { describe, expect, it } from 'vitest';
import { checks } from '../../../../src/hvkvp/doctor/checks.ts';
import type { Silence } from '../../../../src/hvkvp/doctor/daemon-report.ts';
import type { System } from '../../../../src/message/dialect.ts';
import { type Changes, goodReport, no, notInstalled, patient, systemctl, unit } from './support/guest.ts';
import { outcomes } from './support/outcomes.ts';

const silence: Silence = { silence: 'nobody answers', remedy: 'start one' };

/** Nobody has the device open. */
const idle = { without: ['/proc/700'] };
const linuxDevice = '/dev/vmbus/hv_kvp';
const failsWith = (code: string): Changes => ({
  ...idle,
  prepare: (_, machine) => {
    Object.assign(machine, { tryOpen: () => code });
  },
});

/** A daemon that says whose rights it has. */
function as(uid: number, helper: 'none' | 'lost') {
  return { ...goodReport, privileges: { uid, helper, trouble: helper === 'lost' ? 'why' : '' } };
}

describe('device', () => {
  outcomes('device', 'linux', [
    ['there, and not in use', idle, 'ok', 'can be used'],
    ['missing', { without: [linuxDevice] }, 'problem', `there is no ${linuxDevice}`],
    ['a file in its place', { without: [linuxDevice], files: { [linuxDevice]: '' } }, 'problem', 'is not a device'],
    ['held by somebody invisible', failsWith('EBUSY'), 'problem', 'that is not visible here has'],
    ['withdrawn', failsWith('EBADF'), 'problem', 'no longer works'],
    ['not for us', failsWith('EACCES'), 'unknown', 'no permission to open'],
  ]);
  outcomes('device', 'freebsd', [
    ['there', {}, 'ok', 'can be used'],
    ['missing', { without: ['/dev/hv_kvp_dev'] }, 'problem', 'there is no /dev/hv_kvp_dev'],
    ['a file in its place', { without: ['/dev'], files: { '/dev/hv_kvp_dev': '' } }, 'problem', 'is not a device'],
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
  report: silence,
});

describe('daemon', () => {
  outcomes('daemon', 'linux', [
    ['ours', {}, 'ok', 'process 700 \\(hv_kvp_daemon\\), as user 990, with a helper'],
    ['ours, as root', { report: as(0, 'none') }, 'ok', ', as root'],
    ['ours, without its helper', { report: as(990, 'lost') }, 'advice', 'whose helper does not answer: why'],
    ['ours, under another name', { files: stock('kvp').files ?? {} }, 'ok', 'process 700 \\(kvp\\)'],
    ['Debian’s', stock('hv_kvp_daemon'), 'problem', 'the stock daemon has the device: process 700 \\(hv_kvp_daemon\\)'],
    ['Red Hat’s', stock('hypervkvpd'), 'problem', 'the stock daemon has the device: process 700 \\(hypervkvpd\\)'],
    ['any other program', stock('cat'), 'problem', 'another program has the device: process 700 \\(cat\\)'],
    ['nobody', { ...idle, report: silence }, 'problem', 'no daemon has the device open'],
    [
      'processes that we may not look into',
      { ...idle, files: { '/proc/9/comm': 'other\n' }, report: silence },
      'unknown',
      'cannot see',
    ],
    [
      'processes that /proc hides from us',
      { without: ['/proc/700', '/proc/1'], report: silence },
      'unknown',
      'cannot see who has the device open: /proc does not show the processes of other users',
    ],
    ['one that answers, though we may not see it', { ...idle, files: { '/proc/9/comm': '' } }, 'ok', 'process 700'],
  ]);
  outcomes('daemon', 'freebsd', [
    ['ours', {}, 'ok', 'process 700 \\(hv_kvp_daemon\\)'],
    [
      'the base system’s',
      { commands: { 'ps -o command= -p 700': '/usr/sbin/hv_kvp_daemon\n' }, report: silence },
      'problem',
      'the stock daemon has the device: process 700',
    ],
    [
      'nobody',
      { commands: { 'fstat /dev/hv_kvp_dev': 'USER CMD PID\n' }, report: silence },
      'problem',
      'no daemon has the device open',
    ],
    [
      'processes that the system hides from us',
      { commands: { 'fstat /dev/hv_kvp_dev': 'USER CMD PID\n', 'ps -o pid= -p 1': no }, report: silence },
      'unknown',
      'the system does not show the processes of other users',
    ],
    ['no fstat', { commands: { 'fstat /dev/hv_kvp_dev': no }, report: silence }, 'unknown', 'cannot see'],
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
    ['no systemd', { commands: { [systemctl]: notInstalled } }, 'unknown', 'no supported service manager'],
    ['a systemd that does not run', { commands: { [systemctl]: no } }, 'unknown', 'no supported service manager'],
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
    ['no rc', { without: ['/etc'] }, 'unknown', 'no supported service manager'],
  ]);
});
