import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** A .network file with what people write into one, and perhaps a drop-in. */
export function networkdMachine(chance: Chance): Machine {
  const isBridge = chance.below(6) === 0;
  const match = isBridge
    ? 'Name=br0'
    : chance.oneOf([
        'Name=eth0',
        'Name=e*',
        'MACAddress=00:15:5d:01:02:0a',
        'Type=ether',
        'Name=!lo',
        'Name=eth0 eth7',
      ]);
  const addressing = chance.oneOf<readonly string[]>([
    ['DHCP=ipv4'],
    ['DHCP=yes'],
    ['Address=198.51.100.7/24', 'Gateway=198.51.100.1'],
    ['Address=198.51.100.7/24', 'Address=198.51.100.8/24', 'Address=2001:db8::7/64'],
    ['DHCP=ipv4', 'Address=2001:db8::7/64', 'Gateway=2001:db8::1'],
    ['Address=2001:db8::7/64', 'Gateway=2001:db8::1'],
  ]);
  const others = chance.some([
    'Domains=example.org ~corp.example',
    'LLDP=yes',
    'IPForward=no',
    '# kept for the audit',
    'EmitLLDP = nearest-bridge',
    'NTP=192.0.2.123',
    'IPv6AcceptRA=no',
    'LinkLocalAddressing=ipv6',
    'ConfigureWithoutCarrier=no',
    'DNS=192.0.2.53 192.0.2.54',
    'DNSDefaultRoute=yes',
    'IPv6PrivacyExtensions=no',
    chance.oneOf(['KeepConfiguration=static', 'KeepConfiguration=yes', 'KeepConfiguration=no']),
  ]);
  const sections = chance.some([
    '[Link]\nMTUBytes=1400\nRequiredForOnline=no\n',
    '[Route]\nDestination=10.77.0.0/16\nScope=link\nMetric=77\n',
    '[Route]\n# by the other router\nGateway=198.51.100.1\nGatewayOnLink=yes\nTable=100\n',
    '[RoutingPolicyRule]\nFrom=10.77.0.0/16\nTable=100\nPriority=700\n',
    '[Address]\nAddress=198.51.100.9/24\nLabel=eth0:x\n',
    '[DHCPv4]\nRouteMetric=50\nUseNTP=no\nClientIdentifier=mac\n',
    '[DHCPv4]\nUseDomains=yes\n',
    '[DHCPv4]\nSendHostname=no\nUseMTU=yes\n# no route to it\nUseRoutes=yes\n',
    '[IPv6AcceptRA]\nUseDNS=no\n',
    '[Address]\nAddress=192.0.2.77/32\nPreferredLifetime=0\n',
    '[Route]\nDestination=2001:db8:77::/48\nMetric=77\n',
  ]);
  const network = `[Network]\n${chance.shuffled([...addressing, ...others]).join('\n')}\n`;
  const [first = '', ...rest] = chance.shuffled([network, ...sections]);
  const text = `${chance.oneOf(['', '; by the site\n'])}[Match]\n${match}\n\n${[first, ...rest].join(chance.oneOf(['\n', '']))}`;
  const name = chance.oneOf(['50-eth0', '10-lan', '00-all', 'zz-last'] as const);
  const folder = chance.oneOf(['/etc/systemd/network', '/etc/systemd/network', '/usr/lib/systemd/network'] as const);
  const dropIn = chance.oneOf([
    ...(['', '', '[Network]\nDomains=drop-in.example\n', '[Link]\nMTUBytes=1380\n'] as const),
    ...(['[Network]\nAddress=198.51.100.9/24\n', '[Network]\nAddress=\nAddress=198.51.100.9/24\n'] as const),
  ]);
  const end = chance.below(5) === 0 ? '\r\n' : '\n';
  const other = chance.below(4) === 0 ? '[Match]\nName=eth1\n\n[Network]\nAddress=192.0.2.41/24\n' : undefined;
  return {
    manager: 'networkd',
    remove: ['/etc/systemd/network/50-eth0.network'],
    ...(isBridge && { owner: 'br0' }),
    ...((other !== undefined || chance.below(6) === 0) && { links: 'adapter eth1 00:15:5d:01:02:0b\n' }),
    files: {
      ...(isBridge && {
        '/etc/systemd/network/01-br0.netdev': '[NetDev]\nName=br0\nKind=bridge\nMACAddress=00:15:5d:01:02:0a\n',
        '/etc/systemd/network/01-port.network': '[Match]\nName=eth0\n\n[Network]\nBridge=br0\n',
      }),
      ...(other !== undefined && { '/etc/systemd/network/55-other.network': other }),
      [`${folder}/${name}.network`]: text.replaceAll('\n', end),
      ...(dropIn !== '' && { [`/etc/systemd/network/${name}.network.d/site.conf`]: dropIn }),
    },
  };
}
