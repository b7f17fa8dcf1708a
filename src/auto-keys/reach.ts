import type { Link } from '../platform/adapter.ts';

/** Who can reach an interface, best first. */
export const reaches = ['host', 'network', 'inside'] as const;
/**
 * "host": Hyper-V's own adapters, and what is made of them (bond, bridge, team, VLAN) or belongs to them (an SR-IOV function);
 * "network": other hardware; "inside": VPNs, overlays and networks of containers and nested guests, whose addresses no
 * host program can use.
 */
export type Reach = (typeof reaches)[number];

/** `routed`: the interfaces through which a default route of the main table leads. */
export function reachOf(name: string, links: ReadonlyMap<string, Link>, routed: readonly string[]): Reach {
  const link = links.get(name);
  if (link !== undefined && isHyperVs(link, links)) return 'host';
  if (link?.hasDevice === true) return 'network';
  if (tunnelKinds.has(link?.kind ?? '') || tunnelName.test(name)) return 'inside';
  // Nobody's way out of the machine leads through a network of containers: this is a bridge that is called like theirs.
  if (routed.includes(name)) return 'network';
  if (containerName.test(name)) return 'inside';
  return isMadeOfNothing(link, links) ? 'inside' : 'network';
}

/** Itself, or by what it is made of or belongs to. A tunnel is not made of what it is carried by. */
function isHyperVs(link: Link, links: ReadonlyMap<string, Link>): boolean {
  if (link.isSynthetic) return true;
  if (tunnelKinds.has(link.kind)) return false;
  if (link.master !== undefined && links.get(link.master)?.isSynthetic === true) return true;
  return link.below.some((name) => {
    const lower = links.get(name);
    return lower !== undefined && lower !== link && isHyperVs(lower, links);
  });
}

/** A bridge without a port that leads outside. */
function isMadeOfNothing(link: Link | undefined, links: ReadonlyMap<string, Link>): boolean {
  return link?.kind === 'bridge' && !link.below.some((name) => links.get(name)?.hasDevice === true);
}

const tunnelKinds: ReadonlySet<string> = new Set([
  ...['wireguard', 'tun', 'tunnel', 'vxlan', 'geneve', 'gre', 'gretap', 'ip6gre', 'ip6gretap', 'ip6tnl', 'sit', 'ppp'],
  ...['ipip', 'vti', 'vti6', 'xfrm', 'erspan', 'ip6erspan', 'ovpn', 'veth', 'gtp', 'amt'],
]);

const tunnelName =
  /^(?:wg|tailscale|zt[a-z\d]{8}|tun|tap|utun|ppp|nordlynx|nordtun|proton|mullvad|wt\d|nebula|vpn|ipsec|vti|xfrm|gre|gif|sit|ip6tnl|tunl|vxlan|geneve|outline|cloudflare)/i;

const containerName =
  /^(?:docker|br-|virbr|vnet|lxc|lxdbr|incusbr|podman|cni|vboxnet|vmnet|veth|epair|bridge|cali|flannel|cilium|weave|kube-|nodelocaldns|nerdctl|antrea|ovs-|hassio|dummy|genev_sys)/;
