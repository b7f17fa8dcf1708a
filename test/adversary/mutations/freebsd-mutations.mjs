const variables = 'src/ip-information/backends/freebsd/interface-variables.ts';
const words = 'src/ip-information/backends/freebsd/interface-words.ts';
const edit = 'src/ip-information/backends/freebsd/rc-edit.ts';
const atOnce = 'src/ip-information/backends/freebsd/at-once.ts';
const routers = 'src/ip-information/backends/freebsd/routers.ts';
const nameServers = 'src/ip-information/backends/freebsd/name-servers.ts';
const files = 'src/platform/network-managers/rc-conf.ts';
const script = 'packaging/freebsd/port/files/hyperv_kvp.in';
const setup = 'src/hvkvp/setup/setup-files.ts';
const test = 'test/unit/ip-information/backends/freebsd.test.ts';

/** What a request for one adapter's addresses, and the service, must not cost on FreeBSD. @type {readonly import('./mutations.mjs').Mutation[]} */
export const freebsdMutations = [
  {
    name: 'FreeBSD: a request for IPv4 that empties IPv6 (rule 1)',
    file: variables,
    find: "if (families.includes('ipv6')) {",
    replace: '{',
    test,
  },
  {
    name: 'FreeBSD: a request for IPv6 that ends DHCP (rule 1)',
    file: variables,
    find: "if (families.includes('ipv4')) {",
    replace: '{',
    test,
  },
  {
    name: 'FreeBSD: aliases of before beside the new addresses (rule 2)',
    file: variables,
    find: '...former.filter((text) => !goes(text))',
    replace: '...former',
    test,
  },
  {
    name: 'FreeBSD: ipv4_addrs_IF that brings its addresses back (rule 2)',
    file: variables,
    find: 'wanted.set(`ipv4_addrs_${suffixOf(name)}`, undefined);',
    replace: '',
    test,
  },
  {
    name: 'FreeBSD: a list of name servers that is emptied by a request without any (rule 2)',
    file: nameServers,
    find: 'if (dnsServers.length === 0) return { files: [], commands: [], undo: [] };',
    replace: '',
    test,
  },
  {
    name: 'FreeBSD: options of the interface that go with its address (rule 3)',
    file: words,
    find: 'part === first || !isIpv4(part)',
    replace: 'part === first',
    test,
  },
  {
    name: 'FreeBSD: quotes and comments that do not stay (rule 3)',
    file: edit,
    find: `text[written.start] === "'" ? "'" : '"'`,
    replace: `'"'`,
    test,
  },
  {
    name: 'FreeBSD: a value that only a shell knows, overwritten (rule 3)',
    file: edit,
    find: 'if (unknown !== undefined) return',
    replace: "if (unknown === '') return",
    test,
  },
  {
    name: 'FreeBSD: static routes that go with an address (rule 3)',
    file: atOnce,
    find: 'stale.length === 0 ? [] : renewStaticRoutes(family, present.values)',
    replace: 'renewStaticRoutes(family, new Map())',
    test,
  },
  {
    name: 'FreeBSD: a lagg that loses its ports to “inet” in the midst of them (rule 4)',
    file: words,
    find: "first !== undefined && 'subnet' in first && first.isBare",
    replace: 'false',
    test,
  },
  {
    name: 'FreeBSD: the router of another adapter, removed (rule 5)',
    file: routers,
    find: 'return isOurs ? [[name, undefined]] : [];',
    replace: 'return [[name, undefined]];',
    test,
  },
  {
    name: 'FreeBSD: what the DHCP client said of name servers, kept before the host’s (rule 9)',
    file: nameServers,
    find: 'const commands = [...(endsDhcp ? [forget] : []), update];',
    replace: 'const commands = [update];',
    test,
  },
  {
    name: 'FreeBSD: an undoing without the former addresses (rule 10)',
    file: atOnce,
    find: "...stale.map((subnet) => ({ ...set(subnet), judgedBy: 'nothing' as const })),",
    replace: '',
    test,
  },
  {
    name: 'FreeBSD: an undoing without the former router (rule 10)',
    file: atOnce,
    find: '[...taken, ...restoreRoutes(family, current)]',
    replace: 'taken',
    test,
  },
  {
    name: 'FreeBSD: an undoing that leaves DHCP off (rule 10)',
    file: atOnce,
    find: 'undoAfter: [start]',
    replace: 'undoAfter: []',
    test,
  },
  {
    name: 'FreeBSD: rc.conf changed where rc.conf.d has the last word (rule 12)',
    file: edit,
    find: 'new Map(all.map((each) => [each.name, each]))',
    replace: 'new Map(all.toReversed().map((each) => [each.name, each]))',
    test,
  },
  {
    name: 'FreeBSD: rc.conf.local that nobody reads (rule 12)',
    file: files,
    find: "['/etc/rc.conf.local', ...own]",
    replace: 'own',
    test,
  },
  {
    name: 'FreeBSD: a gap in the numbers of aliases, behind which rc(8) does not look (rule 12)',
    file: variables,
    find: '[...former.filter((text) => !goes(text)), ...added]',
    replace: '[...former.map((text) => (goes(text) ? undefined : text)), ...added]',
    test,
  },
  {
    name: 'FreeBSD: addresses of jails, taken away (rule 13)',
    file: atOnce,
    find: 'named.includes(address) || address === byDhcp',
    replace: "address !== ''",
    test,
  },
  {
    name: 'FreeBSD: another program’s address, taken for the lease’s (rule 13)',
    file: atOnce,
    find: '(leased ?? held',
    replace: '(held',
    test,
  },
  {
    name: 'FreeBSD: an address of CARP’s, taken for the adapter’s own (rule 13)',
    file: words,
    find: "if (words.includes('vhid')) return [{ words }];",
    replace: '',
    test,
  },
  {
    name: 'FreeBSD: a DHCP client that takes the change back with its next lease (rule 15)',
    file: atOnce,
    find: 'before: [stop]',
    replace: 'before: []',
    test,
  },
  {
    name: 'FreeBSD’s service: a stop that does not wait for the program',
    file: script,
    find: 'stop_postcmd="hyperv_kvp_poststop"',
    replace: '',
    test: 'test/programs/packaging/freebsd.test.ts',
  },
  {
    name: 'FreeBSD’s service: a second start that is an error',
    file: script,
    find: 'hyperv_kvp_runs "$1" || run_rc_command "$1"',
    replace: 'run_rc_command "$1"',
    test: 'test/programs/packaging/freebsd.test.ts',
  },
  {
    name: 'FreeBSD’s service: a file that somebody has changed, written again or removed',
    file: setup,
    find: "'older' : 'foreign'",
    replace: "'older' : 'older'",
    test: 'test/programs/hvkvp/freebsd-setup.test.ts',
  },
];
