const folder = 'src/ip-information/backends/network-manager';
const test = 'test/unit/ip-information/backends/network-manager.test.ts';

/** What a request for one adapter's addresses must not cost, with NetworkManager. @type {readonly import('./mutations.mjs').Mutation[]} */
export const networkManagerMutations = [
  {
    name: 'DHCP of a profile without a section for IPv4 that is not reported (rule 14)',
    file: 'src/platform/network-managers/network-manager.ts',
    find: "(profile.get('ipv4.method') ?? 'auto') === 'auto'",
    replace: "profile.get('ipv4.method') === 'auto'",
    test: 'test/unit/platform/linux/dhcp-state.test.ts',
  },
  {
    name: 'servers that NetworkManager would not ask, since the site names some for all domains (rule 9)',
    file: 'src/ip-information/resolver/plan-resolver.ts',
    find: 'others !== undefined && dnsServers.some(({ address }) => !others.includes(address))',
    replace: 'others?.length === 0',
    test: 'test/unit/ip-information/resolver/plan-resolver.test.ts',
  },
  {
    name: 'a removal that waits for a router which does not exist',
    file: 'src/ip-information/backends/network-manager.ts',
    find: 'families.length > 0 && addresses.length === 0 && !dhcp',
    replace: 'families.length > 2 && addresses.length === 0 && !dhcp',
    test: 'test/unit/ip-information/backends/network-manager.test.ts',
  },
  {
    name: 'a profile of several adapters that is changed for all of them (rule 5)',
    file: `${folder}/choose-profile.ts`,
    find: "return coverageOf(text, adapter) !== 'alone' && isMultiple(text);",
    replace: "return coverageOf(text, adapter) === 'not' && isMultiple(text);",
    test,
  },
  {
    name: "cloud-init's profile taken for one that stays (rule 12)",
    file: `${folder}/choose-profile.ts`,
    find: String.raw`path.startsWith('/run/') || /\/cloud-init-[^/]*$/.test(path) || /^#.*cloud-init/im.test(text)`,
    replace: "path.startsWith('/run/') || path === text",
    test,
  },
  {
    name: 'the profile of a port that gets addresses (rule 4)',
    file: `${folder}/choose-profile.ts`,
    find: "['none', 'vrf'].includes(portOf)",
    replace: "portOf !== ''",
    test,
  },
  {
    name: 'a profile of another form that is edited as if it were a keyfile (rule 3)',
    file: `${folder}/choose-profile.ts`,
    find: 'isKeyfile(profile.path) || isIfcfg(profile.path) ? readBytes(machine, profile.path) : undefined',
    replace: 'isKeyfile(profile.path) || profile.path !== undefined ? readBytes(machine, profile.path) : undefined',
    test,
  },
  {
    name: 'another profile that wins at the next boot (rule 12)',
    file: `${folder}/choose-profile.ts`,
    find: 'const own = winning(boundTo(adapter, text), profile, others);',
    replace: 'const own = others === undefined ? winning(text, profile, others) : boundTo(adapter, text);',
    test,
  },
  {
    name: 'a default route of another table that is taken for the gateway (rule 3)',
    file: `${folder}/ip-settings.ts`,
    find: "return (table === mainTable || table === '0') && type === 'unicast' ? [key] : [];",
    replace: "return table !== '' && type === 'unicast' ? [key] : [];",
    test,
  },
  {
    name: 'servers that are left out because the request is about the other family (rule 9)',
    file: `${folder}/ip-settings.ts`,
    find: 'if (servers.length > 0 || isReplaced) {',
    replace: 'if (isReplaced) {',
    test,
  },
  {
    name: 'a bridge that is activated once more and loses its ports (rule 4)',
    file: 'src/ip-information/backends/network-manager.ts',
    find: 'return uuid === device.uuid && hasCompany(machine, name)',
    replace: "return uuid === '' && hasCompany(machine, name)",
    test,
  },
  {
    name: 'a profile that was activated by hand and is gone after a reboot (rule 12)',
    file: 'src/ip-information/backends/network-manager/choose-profile.ts',
    find: "profile.autoconnects ? text : editSection(text, 'connection', [], (key) => key === 'autoconnect')",
    replace: "profile.autoconnects ? text : editSection(text, 'connection', [], () => false)",
    test,
  },
  {
    name: 'a setting of NetworkManager that the site’s file hides, and that is believed (rule 9)',
    file: 'src/platform/network-managers/resolver.ts',
    find: '.filter(([name]) => !site.has(name))',
    replace: '',
    test: 'test/unit/ip-information/resolver/plan-resolver.test.ts',
  },
];
