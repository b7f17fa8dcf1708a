/**
 * Output of FreeBSD's commands as a Hyper-V guest would have it. Names and addresses are made up throughout. Each says where its
 * form is from: "recorded" is what a FreeBSD was seen to print, "documented" what its manual pages and sources say that it prints.
 */

/** Documented: ifconfig(8) of 14. */
export const ifconfig = `lo0: flags=1008049<UP,LOOPBACK,RUNNING,MULTICAST,LOWER_UP> metric 0 mtu 16384
\toptions=680003<RXCSUM,TXCSUM,LINKSTATE,RXCSUM_IPV6,TXCSUM_IPV6>
\tinet 127.0.0.1 netmask 0xff000000
\tinet6 ::1 prefixlen 128
\tinet6 fe80::1%lo0 prefixlen 64 scopeid 0x1
\tgroups: lo
\tnd6 options=21<PERFORMNUD,AUTO_LINKLOCAL>
hn0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
\toptions=8051b<RXCSUM,TXCSUM,VLAN_MTU,VLAN_HWTAGGING,TSO4,LRO,LINKSTATE>
\tether 00:15:5d:01:02:0a
\tinet 10.0.0.4 netmask 0xffffff00 broadcast 10.0.0.255
\tinet 10.0.0.5 netmask 0xffffffff broadcast 10.0.0.5
\tinet6 fe80::215:5dff:fe01:20a%hn0 prefixlen 64 scopeid 0x2
\tmedia: Ethernet autoselect (10Gbase-T <full-duplex>)
\tstatus: active
\tnd6 options=23<PERFORMNUD,ACCEPT_RTADV,AUTO_LINKLOCAL>
hn1: flags=8802<BROADCAST,SIMPLEX,MULTICAST> metric 0 mtu 1500
\toptions=8051b<RXCSUM,TXCSUM,VLAN_MTU,VLAN_HWTAGGING,TSO4,LRO,LINKSTATE>
\tether 00:15:5D:01:02:0B
\tmedia: Ethernet autoselect (10Gbase-T <full-duplex>)
\tstatus: active
\tnd6 options=29<PERFORMNUD,IFDISABLED,AUTO_LINKLOCAL>
hn10: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
\tether 00:15:5d:01:02:14
\tinet 10.0.10.4 netmask 0xffffff00 broadcast 10.0.10.255
\tmedia: Ethernet autoselect (10Gbase-T <full-duplex>)
\tstatus: active
mce0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500
\tether 00:15:5d:01:02:0a
\thwaddr 00:0d:3a:00:00:01
\tmedia: Ethernet 40Gbase-CR4 <full-duplex,rxpause,txpause>
\tstatus: active
pflog0: flags=0<> metric 0 mtu 33152
\tgroups: pflog
`;

/** Recorded on 13.2 with hn(4): `deviceid=` and the GUID without braces. A GUID in upper case is our own doubt. */
export const sysctlGuids = `dev.hn.0.%pnpinfo: classid=f8615163-df3e-46c5-913f-f2d2f965ed0e deviceid=f8b3781b-1e82-4818-a1c3-63d806ec15bb
dev.hn.1.%pnpinfo: classid=f8615163-df3e-46c5-913f-f2d2f965ed0e deviceid=A1B2C3D4-0000-4000-8000-00155D01020B
dev.hn.10.%pnpinfo: classid=f8615163-df3e-46c5-913f-f2d2f965ed0e deviceid=a1b2c3d4-0000-4000-8000-00155d010214
`;

/** Recorded: netstat(1) of 12 and 13, which reported no weights. */
export const netstatIpv4 = `{"statistics": {"route-information": {"route-table": {"rt-family": [{"address-family":"Internet", "rt-entry": [
{"destination":"default","gateway":"10.0.0.1","flags":"UGS", "flags_pretty": ["up","gateway","static"],"interface-name":"hn0"},
{"destination":"10.0.0.0/24","gateway":"link#2","flags":"U", "flags_pretty": ["up"],"interface-name":"hn0"},
{"destination":"10.0.0.4","gateway":"link#1","flags":"UHS", "flags_pretty": ["up","host","static"],"interface-name":"lo0"},
{"destination":"127.0.0.1","gateway":"link#1","flags":"UH", "flags_pretty": ["up","host"],"interface-name":"lo0"}]}]}}}}
`;

/** Recorded: rejected routes of the whole of IPv6 stand beside the default one. */
export const netstatIpv6 = `{"statistics": {"route-information": {"route-table": {"rt-family": [{"address-family":"Internet6", "rt-entry": [
{"destination":"::/96","gateway":"link#1","flags":"URS", "flags_pretty": ["up","reject","static"],"interface-name":"lo0"},
{"destination":"default","gateway":"fe80::1234%hn0","flags":"UGS", "flags_pretty": ["up","gateway","static"],"interface-name":"hn0"},
{"destination":"::1","gateway":"link#1","flags":"UHS", "flags_pretty": ["up","host","static"],"interface-name":"lo0"},
{"destination":"::ffff:0.0.0.0/96","gateway":"link#1","flags":"URS", "flags_pretty": ["up","reject","static"],"interface-name":"lo0"},
{"destination":"fe80::%hn0/64","gateway":"link#2","flags":"U", "flags_pretty": ["up"],"interface-name":"hn0"}]}]}}}}
`;

/** Documented: a list without a member. */
export const netstatNoRoutes = `{"statistics": {"route-information": {"route-table": {"rt-family": []}}}}
`;

/** Recorded: 14 and 15 add numbers, and a default route that a router advertised is not static. */
export const netstatWeights = `{"statistics": {"route-information": {"route-table": {"rt-family": [{"address-family":"Internet6", "rt-entry": [
{"destination":"default","gateway":"fe80::1%hn0","flags":"UG", "flags_pretty": ["up","gateway"],"weight":1,"nhop-kidx":4,"interface-name":"hn0"},
{"destination":"::1","gateway":"link#1","flags":"UHS", "flags_pretty": ["up","host","static"],"weight":1,"nhop-kidx":1,"interface-name":"lo0"},
{"destination":"2001:db8:1::/48","gateway":"::1","flags":"UGSB", "flags_pretty": ["up","gateway","static","blackhole"],"weight":1,"nhop-kidx":6,"interface-name":"lo0"}]}]}}}}
`;

/** Documented: what ifconfig(8) prints of an interface with nothing but a MAC address. */
export function ifconfigOf(...interfaces: readonly (readonly [name: string, mac: string])[]): string {
  return interfaces
    .map(
      ([name, mac]) => `${name}: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
\toptions=8051b<RXCSUM,TXCSUM,VLAN_MTU,VLAN_HWTAGGING,TSO4,LRO,LINKSTATE>
\tether ${mac}
\tmedia: Ethernet autoselect (10Gbase-T <full-duplex>)
\tstatus: active
`,
    )
    .join('');
}
