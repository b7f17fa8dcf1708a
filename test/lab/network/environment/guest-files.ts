import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, type GuestFile } from './environment.ts';
import { deadlineSetting } from './patience.ts';

/** Paths in the guest, whose /lab is the environment's folder. */
export const guestPaths = {
  device: '/lab/device',
  log: '/lab/daemon.log',
} as const;

/** An empty unit file is a masked unit. */
const masked: GuestFile = { text: '' };

/** What every guest has, whichever unit manages its network. */
export function guestFiles(manager: string, backend: string): Readonly<Record<string, GuestFile>> {
  return {
    '/etc/hostname': { text: 'guest\n' },
    '/etc/machine-id': { text: '' },
    '/etc/resolv.conf': { text: '' },
    '/etc/hyperv-kvp/hyperv-kvp.toml': {
      text: `[ip_injection]\nmode = "apply"\nbackend = "${backend}"\nchanges_a_minute = 0\n${deadlineSetting()}`,
    },
    '/etc/systemd/system/lab.target': {
      text: `[Unit]
Requires=basic.target
Wants=dbus.service ${manager} lab-started.service
After=${manager}
`,
    },
    '/etc/systemd/system/lab-started.service': { text: oneshot(`After=${manager}`, "sh -c ': > /lab/started'") },
    ...daemonFiles(),
    // A check can have the manager wait at its start, and may start it as often as it likes.
    [`/etc/systemd/system/${manager}.d/held.conf`]: {
      text: `[Unit]
StartLimitIntervalSec=0

[Service]
ExecStartPre=+/bin/sh -c 'while [ -e /lab/held ]; do sleep 0.05; done'
`,
    },
    // It does not come up in a container like this, and those who ask for it would wait.
    '/etc/systemd/system/systemd-hostnamed.service': masked,
    // Waits for udev.
    '/etc/systemd/system/ifupdown-pre.service': masked,
    // There are no devices of its own to be made.
    '/etc/systemd/system/systemd-resolved.service.d/lab.conf': { text: '[Service]\nPrivateDevices=no\n' },
  };
}

function oneshot(unit: string, command: string): string {
  return `[Unit]\n${unit}\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/${command}\n`;
}

/**
 * The unit that packages install, with its program, its device and its log in this guest's places. It sets addresses itself, with
 * the rights of its helper's unit.
 */
function daemonFiles(): Readonly<Record<string, GuestFile>> {
  const packaged = (name: string): GuestFile => ({
    text: readFileSync(join(checkout, 'packaging/systemd', name), 'utf8'),
  });
  return {
    [unitPath]: packaged('hyperv-kvp.service'),
    [`${unitPath}.d/ip-injection.conf`]: packaged('hyperv-kvp-helper.service.d/ip-injection.conf'),
    [`${unitPath}.d/lab.conf`]: { text: inThisGuest },
  };
}

const unitPath = '/etc/systemd/system/hyperv-kvp.service';

const inThisGuest = `[Unit]
ConditionPathExists=

[Service]
User=root
Group=root
CapabilityBoundingSet=CAP_CHOWN
SystemCallFilter=@chown
KillMode=process
ExecStartPre=
ExecStartPre=+/bin/mkdir -p -m 755 /var/lib/hyperv /var/lib/hyperv-kvp
ExecStart=
ExecStart=/usr/local/bin/node /opt/hyperv-kvp/dist/bin/hv_kvp_daemon.js -n --device ${guestPaths.device} --pool-dir /var/lib/hyperv --config /etc/hyperv-kvp/hyperv-kvp.toml
ReadWritePaths=/lab
StandardOutput=append:${guestPaths.log}
StandardError=append:${guestPaths.log}
`;
