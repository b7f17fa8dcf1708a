import type { Stack } from './stack.ts';

const script = '/usr/libexec/hypervkvpd/hv_set_ifconfig';

/** A site with a script of its own, which keeps what it is given and has its own service put it in force. */
export const siteScript: Stack = {
  name: 'script',
  backend: 'script',
  unit: 'site-network.service',
  volatile: '/run/site-network',
  commands: [script],
  applies: 'hv_set_ifconfig',
  files: {
    [script]: { mode: 0o755, text: '#!/bin/sh\ncp "$1" /etc/site-network && exec systemctl restart site-network\n' },
    '/etc/site-network': { text: 'DEVICE=eth0\nBOOTPROTO=dhcp\n' },
    '/etc/systemd/system/site-network.service': {
      text: `[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/site-network
`,
    },
    '/usr/local/sbin/site-network': { mode: 0o755, text: siteNetwork() },
  },
};

/** Reads ifcfg keys as Red Hat's scripts do. */
function siteNetwork(): string {
  return `#!/bin/sh
set -e
. /etc/site-network
dhclient -r eth0 2>/dev/null || :
ip address flush dev eth0 scope global
for family in -4 -6; do ip "$family" route flush default dev eth0; done
ip link set eth0 up
: > /etc/resolv.conf
if [ "$BOOTPROTO" = dhcp ]; then
  dhclient -q eth0
fi
for suffix in 0 1; do
  eval "address=\\$IPADDR$suffix netmask=\\$NETMASK$suffix"
  [ -z "$address" ] || ip address add "$address/$netmask" dev eth0
done
for suffix in '' _1; do
  eval "address=\\$IPV6ADDR$suffix prefix=\\$IPV6NETMASK$suffix"
  [ -z "$address" ] || ip address add "$address/$prefix" dev eth0
done
for gateway in $GATEWAY $IPV6_DEFAULTGW; do ip route add default via "$gateway" dev eth0; done
for server in $DNS1 $DNS2; do echo "nameserver $server" >> /etc/resolv.conf; done
`;
}
