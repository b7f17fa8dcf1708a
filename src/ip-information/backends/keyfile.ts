import { createHash } from 'node:crypto';
import type { IpFamily } from '../../platform/adapter.ts';
import { cidr, ofFamily } from '../family.ts';
import type { Gateway, Proposal } from '../propose.ts';

/** A profile in NetworkManager's own format: nm-settings-keyfile(5). Its lists are separated by ";". */
export function keyfile(proposal: Proposal): string {
  const { name } = proposal.adapter;
  return [
    '# Written by hyperv-kvp for the Hyper-V host.',
    '[connection]',
    `id=hyperv-kvp ${name}`,
    `uuid=${profileUuid(name)}`,
    'type=ethernet',
    `interface-name=${name}`,
    'autoconnect=true',
    `autoconnect-priority=${highestPriority}`,
    '',
    '[ipv4]',
    ...ipSettings('ipv4', proposal),
    '',
    '[ipv6]',
    ...ipSettings('ipv6', proposal),
    '',
  ].join('\n');
}

/** So that the profile goes before every other of the adapter also after a restart. */
const highestPriority = 999;

const uuidNamespace = 'hyperv-kvp connection ';
const uuidGroups = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;

/** The same for the same adapter at all times; a name-based UUID in form. */
export function profileUuid(adapter: string): string {
  const digest = createHash('sha256')
    .update(uuidNamespace + adapter)
    .digest('hex');
  return digest.replace(uuidGroups, '$1-$2-5$3-8$4-$5');
}

function ipSettings(family: IpFamily, proposal: Proposal): readonly string[] {
  const addresses = ofFamily(family, proposal.addresses);
  const gateways = ofFamily(family, proposal.gateways);
  const servers = ofFamily(family, proposal.dnsServers);
  const method = methodOf(family, proposal);
  return [
    `method=${method}`,
    ...addresses.map((address, index) => `address${index + 1}=${cidr(address)}`),
    ...gatewayLines(family, gateways),
    // A profile whose method is "disabled" must not have servers.
    ...(servers.length > 0 && method !== 'disabled'
      ? [`dns=${servers.map(({ address }) => `${address};`).join('')}`]
      : []),
  ];
}

function methodOf(family: IpFamily, { dhcp, addresses }: Proposal): 'manual' | 'auto' | 'disabled' {
  if (ofFamily(family, addresses).length > 0) return 'manual';
  return family === 'ipv6' || dhcp ? 'auto' : 'disabled';
}

const defaultRoutes: Readonly<Record<IpFamily, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
/** More than NetworkManager gives the routes by `gateway=`, of which there is but one. */
const furtherMetric = 1000;

/** The gateway that is to be preferred, whose metric NetworkManager knows best; to one outside the networks it finds a way. */
function gatewayLines(family: IpFamily, gateways: readonly Gateway[]): readonly string[] {
  const [first, ...further] = gateways;
  return [
    ...(first === undefined ? [] : [`gateway=${first.address}`]),
    ...further.flatMap(({ address, onLink }, index) => [
      `route${index + 1}=${defaultRoutes[family]},${address},${furtherMetric + index}`,
      ...(onLink ? [`route${index + 1}_options=onlink=true`] : []),
    ]),
  ];
}
