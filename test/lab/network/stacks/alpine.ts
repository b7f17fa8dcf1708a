import type { Stack } from './stack.ts';

/** As on Alpine: DHCP by busybox's client, which writes /etc/resolv.conf itself, and no resolvconf. */
const alpine = {
  backend: 'auto',
  unit: 'networking.service',
  volatile: '/run/ifstate',
  commands: ['/usr/sbin/ifup', '/usr/sbin/ifdown'],
  applies: 'ifup eth0',
  remove: ['/usr/sbin/dhclient', '/usr/sbin/resolvconf', '/etc/resolvconf.conf', '/etc/network/if-*.d/*resolvconf'],
} as const;

/** At a start the loopback interface is down, and has no address. */
const unit = `[Unit]
DefaultDependencies=no
After=local-fs.target
Before=network.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStartPre=/bin/sh -c 'ip address flush dev lo; ip link set lo down'
ExecStart=/sbin/ifup -a
ExecStop=/sbin/ifdown -a
`;

const unitPath = '/etc/systemd/system/networking.service';

/** busybox's own ifup(8). */
export const busybox: Stack = {
  ...alpine,
  name: 'busybox',
  packages: ['busybox-static', 'udhcpc'],
  links: linked('/bin/busybox'),
  files: {
    [unitPath]: { text: unit },
    '/etc/network/interfaces': {
      text: 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n\thostname guest\n',
    },
  },
};

/** What new Alpine systems have, with the form of stanzas in which tiny-cloud writes them. */
export const ifupdownNg: Stack = {
  ...alpine,
  name: 'ifupdown-ng',
  packages: ['busybox-static', 'udhcpc', 'ifupdown-ng'],
  // Debian 13's has another name, and a relative link would lead nowhere once it is watched.
  links: `program=$(ls /usr/sbin/ifupdown /usr/sbin/ifupdown-ng 2>/dev/null || :); ${linked('$program')}`,
  files: {
    [unitPath]: { text: unit },
    '/etc/network/interfaces': {
      text: 'auto lo\niface lo inet loopback\n\nauto eth0\niface eth0\n\tuse dhcp\n',
    },
  },
};

function linked(program: string): string {
  return alpine.commands.map((command) => `ln -sf ${program} ${command}`).join('; ');
}
