import type { Guest } from './guest.ts';
import type { Random } from './random.ts';

/** Pieces that a parser, a shell, a configuration file or a terminal might take for more than text. */
const pieces = [
  ...[
    '',
    ' ',
    '\t',
    '\r\n',
    '\n',
    '"',
    "'",
    '`',
    '\\',
    '$(reboot)',
    '; reboot',
    '| sh',
    '&&',
    '%s%n',
    '#',
    '[Match]\n',
  ],
  ...['../../etc/passwd', '/dev/null', '-rf', '--help', '\u001b[2J', '\u202e', '\u2028', '\ufffe', '\ufeff', '😀', 'ß'],
  ...['__proto__', 'constructor', 'null', 'NaN', '{', '}', '<script>', '\u007f', '\u0001', '0x7f', '1e9', '-1'],
] as const;

const addresses = [
  ...[
    '10.0.0.5',
    '10.0.0.4',
    '192.0.2.1',
    '0.0.0.0',
    '255.255.255.255',
    '127.0.0.1',
    '224.0.0.1',
    '010.0.0.1',
    '1.2.3',
  ],
  ...['1.2.3.4.5', '256.1.1.1', '0x0a.1.1.1', '3232235777', '2001:db8::5', '::', '::1', 'fe80::1', 'fe80::1%eth0'],
  ...['::ffff:10.0.0.5', 'ff02::1', '2001:db8:::1', '2001:DB8::0005', '1:2:3:4:5:6:7:8:9', '٠.٠.٠.٠', '10.0.0.1'],
] as const;

const masks = [
  ...[
    '255.255.255.0',
    '255.0.255.0',
    '0.0.0.0',
    '255.255.255.255',
    '24',
    '/24',
    '/64',
    '/0',
    '/129',
    '/-1',
    '/1e1',
    '',
  ],
] as const;

const mostEntries = 70;

type Lists = Readonly<Record<'addresses' | 'subnets' | 'gateways' | 'dnsServers', string>>;

/** What an honest host sends. */
export function soundAddresses(random: Random): Lists {
  const [address, subnet] = random.pick([
    ['10.0.0.5', '255.255.255.0'],
    ['10.0.0.5;2001:db8::5', '255.0.0.0;/64'],
    ['10.0.0.5;10.0.0.6', '255.255.255.0;255.255.255.0'],
  ]);
  return {
    addresses: address,
    subnets: subnet,
    gateways: random.pick(['', '10.0.0.1', '10.0.0.1;']),
    dnsServers: random.pick(['', '10.0.0.2', '127.0.0.53;192.0.2.1;']),
  };
}

/** Lists that are sound in parts, long, or of anything. */
export function hostileAddresses(random: Random): Lists {
  return {
    addresses: list(random, addresses),
    subnets: list(random, masks),
    gateways: list(random, addresses),
    dnsServers: list(random, addresses),
  };
}

function list(random: Random, entries: readonly [string, ...string[]]): string {
  const count = random.oneIn(8) ? random.below(mostEntries) : random.below(4);
  const chosen = Array.from({ length: count }, () => (random.oneIn(6) ? hostileText(random) : random.pick(entries)));
  return chosen.join(random.oneIn(10) ? random.pick([',', ' ', ';;', '\n']) : ';');
}

export function hostileText(random: Random): string {
  return Array.from({ length: 1 + random.below(4) }, () => random.pick<string>(pieces)).join(
    random.oneIn(2) ? '' : 'a'.repeat(random.below(40)),
  );
}

/** Of the guest's adapter in all its forms, or almost. */
export function adapterId(random: Random, { mac, guid, name }: Guest): string {
  const upper = guid.toUpperCase();
  return random.pick<string>([
    ...([guid, upper, `{${guid}}`, `{${upper}}`, mac, mac.toUpperCase(), mac.replaceAll(':', '-'), name] as const),
    ...[`{${guid}`, `${guid}}`, ` ${guid}`, `${name}0`, name.slice(0, -1), mac.slice(1), 'lo', '', '..', `${name}\n`],
    ...['00:00:00:00:00:00', hostileText(random)],
  ]);
}
