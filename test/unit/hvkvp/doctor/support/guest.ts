import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Settings } from '../../../../../src/configuration/settings.ts';
import { loadSettings } from '../../../../../src/configuration/settings.ts';
import type { Patient } from '../../../../../src/hvkvp/doctor/check.ts';
import type { DaemonReport } from '../../../../../src/hvkvp/doctor/daemon-report.ts';
import type { System } from '../../../../../src/message/dialect.ts';
import { hyperV } from '../../../../../src/platform/hyper-v.ts';
import { below, type Machine } from '../../../../../src/platform/machine.ts';
import { currentBoot } from '../../../../../src/platform/current-boot.ts';
import { platform } from '../../../../../src/platform/platform.ts';
import { bootPath } from '../../../../../src/pools/boot-time.ts';
import { encodeRecord } from '../../../../../src/pools/record.ts';
import { type FakeMachine, fakeMachine, notInstalled } from '../../../platform/fake-machine.ts';
import { ifconfig, netstatIpv4, netstatIpv6, sysctlGuids } from '../../../platform/freebsd/recorded.ts';

export const now = new Date('2026-03-01T12:00:00Z');
export const bootTime = new Date('2026-03-01T06:00:00Z');
export const pid = 700;

/** What differs from a guest in good health. */
export interface Changes extends FakeMachine {
  /** Files and links that are not there. */
  readonly without?: readonly string[];
  readonly report?: Patient['report'];
  readonly settings?: (settings: Settings) => Settings;
  /** Something done to the machine when it has been made; gets the folder of the pools. */
  readonly prepare?: (pools: string, machine: Machine) => void;
}

export const goodReport: DaemonReport = {
  pid,
  device: { path: '/dev/vmbus/hv_kvp', state: 'registered', integrationServices: '3.1', trouble: '' },
  privileges: { uid: 990, helper: 'at hand', trouble: '' },
  startedAt: '2026-03-01T06:00:10.000Z',
  lastRequestAt: '2026-03-01T11:59:48.000Z',
  pools: [{ number: 1, name: 'guest', path: '', records: 0, bytes: 0, journalTrouble: '' }],
  transactions: [],
};

export const systemctl =
  'systemctl show --property=Id,LoadState,ActiveState,UnitFileState hv_kvp_daemon.service hypervkvpd.service hv-kvp-daemon.service hv-kvp.service hyperv-kvp.service';

/** What systemctl says of a unit. */
export function unit(name: string, fileState: string, activeState: string, loadState = 'loaded'): string {
  return `Id=${name}\nLoadState=${loadState}\nActiveState=${activeState}\nUnitFileState=${fileState}\n`;
}

const ownCommand = ['/usr/bin/node', '/usr/lib/node_modules/hyperv-kvp/dist/bin/hv_kvp_daemon.js', '-n'];

const healthy: Readonly<Record<System, FakeMachine>> = {
  linux: {
    files: {
      '/sys/class/dmi/id/sys_vendor': 'Microsoft Corporation\n',
      '/sys/class/dmi/id/product_name': 'Virtual Machine\n',
      '/sys/bus/vmbus/drivers/hv_utils/module': '',
      '/sys/bus/vmbus/devices/b6650ff7/class_id': '{a9a0f4e7-5a45-4d96-b827-8a841e8c03e6}\n',
      '/proc/modules': 'hv_utils 45056 2 - Live 0x0\nhv_vmbus 143360 7 hv_utils, Live 0x0\n',
      '/proc/1/comm': 'systemd\n',
      '/proc/1/fd/none': '',
      [`/proc/${pid}/comm`]: 'hv_kvp_daemon\n',
      [`/proc/${pid}/cmdline`]: `${ownCommand.join('\0')}\0`,
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/sys/class/net/eth0/device/device_id': '{f8b3781b-1e82-4818-a1c3-63d806ec15bb}\n',
      '/proc/77/comm': 'systemd-network\n',
      '/proc/77/fd/0': '',
      '/run/systemd/netif/links/2': 'ADMIN_STATE=configured\nNETWORK_FILE=/etc/systemd/network/lan.network\n',
    },
    links: {
      '/dev/vmbus/hv_kvp': '/dev/null',
      [`/proc/${pid}/fd/0`]: '/dev/null',
      [`/proc/${pid}/fd/20`]: '/dev/vmbus/hv_kvp',
      '/usr/bin/networkctl': '/bin/sh',
    },
    commands: {
      [systemctl]: [
        unit('hv_kvp_daemon.service', 'enabled', 'active'),
        unit('hypervkvpd.service', '', 'inactive', 'not-found'),
      ].join('\n'),
    },
    interfaces: { lo: ['127.0.0.1/8'], eth0: ['10.0.0.4/24'] },
    hypervisor: 'Microsoft Hv',
  },
  freebsd: {
    files: {
      '/etc/rc.d/hv_kvpd': '# runs hv_kvp_daemon\n',
      '/etc/devd/devmatch.conf': '# nothing of ours\n',
    },
    links: {
      '/dev/hv_kvp_dev': '/dev/null',
      ...Object.fromEntries(
        ['sbin/dhclient', 'sbin/ifconfig', 'sbin/route', 'usr/sbin/service'].map((path) => [`/${path}`, '/bin/sh']),
      ),
    },
    commands: {
      'sysctl -n kern.vm_guest': 'hv\n',
      'sysctl -n dev.vmbus.0.%desc': 'Hyper-V Vmbus\n',
      'sysctl -n dev.hvkvp.0.%desc': 'Hyper-V KVP\n',
      'kldstat -q -m vmbus/hv_kvp': '',
      'fstat /dev/hv_kvp_dev': [
        'USER     CMD          PID   FD MOUNT      INUM MODE         SZ|DV R/W NAME',
        `root     hv_kvp_daemon ${pid}   20 /dev         82 crw-r-----  hv_kvp_dev rw  /dev/hv_kvp_dev`,
        '',
      ].join('\n'),
      [`ps -o command= -p ${pid}`]: '/usr/local/bin/node /usr/local/lib/hyperv-kvp/dist/bin/hv_kvp_daemon.js -n\n',
      'ps -o pid= -p 1': '    1\n',
      'service hv_kvpd enabled': '',
      'service hv_kvpd onestatus': 'hv_kvpd is running as pid 700.\n',
      'ifconfig -a': ifconfig,
      'sysctl dev.hn.0.%pnpinfo dev.hn.1.%pnpinfo dev.hn.10.%pnpinfo': sysctlGuids,
      'netstat -rn -f inet --libxo json': netstatIpv4,
      'netstat -rn -f inet6 --libxo json': netstatIpv6,
    },
    interfaces: { lo0: ['127.0.0.1/8'], hn0: ['10.0.0.4/24'] },
  },
};

/** A program that says no. */
export const no = { status: 1, output: '', errors: '' };
export { notInstalled };

/** A guest in good health but for the changes. */
export async function patient(system: System, changes: Changes = {}): Promise<Patient> {
  const {
    without = [],
    files,
    links,
    commands,
    report = goodReport,
    settings: change = same,
    prepare,
    ...rest
  } = changes;
  const base = healthy[system];
  const kept = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([path]) => !without.some((gone) => path.startsWith(gone))));
  const machine = fakeMachine({
    ...base,
    files: { ...kept({ ...base.files }), ...files },
    links: { ...kept({ ...base.links }), ...links },
    commands: { ...base.commands, ...commands },
    ...rest,
  });
  const settled = await loadSettings({ system, configuration: '/dev/null' });
  const pools = below(machine, settled.pools.directory);
  makePools(pools);
  noteBootTime(below(machine, bootPath(settled.pools.stateDirectory)));
  prepare?.(pools, machine);
  const settings = change({ ...settled, platform: platform(system, machine) });
  return { machine, settings, configurationTrouble: '', hyperV: hyperV(system, machine), report, now };
}

/** Five private files, the host's facts in the fourth, of this run of the system. */
function makePools(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const record = encodeRecord(Buffer.from('HostName'), Buffer.from('HV7'));
  ['', '', '', record, ''].forEach((content, pool) => {
    const path = join(folder, `.kvp_pool_${pool}`);
    writeFileSync(path, content);
    chmodSync(path, 0o600);
    utimesSync(path, now, now);
  });
}

/** As the daemon noted it then; the clock has been set since. */
function noteBootTime(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${currentBoot()} ${bootTime.getTime()}\n`);
}

function same(settings: Settings): Settings {
  return settings;
}
