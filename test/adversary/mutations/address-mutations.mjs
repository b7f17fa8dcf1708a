/** Which addresses the host must be told, and of whom. @type {readonly import('./mutations.mjs').Mutation[]} */
export const addressMutations = [
  {
    name: 'an adapter that stays absent after it has come',
    file: 'src/ip-information/absent-adapters.ts',
    find: 'if (this.#watch.changed()) this.#absent.clear();',
    replace: '',
    test: 'test/unit/ip-information/absent-adapters.test.ts',
  },
  {
    name: 'a VLAN taken for the adapter whose MAC address it has',
    file: 'src/ip-information/find-adapter.ts',
    find: 'found.find(({ guid }) => guid !== undefined) ?? ',
    replace: '',
    test: 'test/unit/ip-information/find-adapter.test.ts',
  },
  {
    name: 'a port of a bond that is looked for by the MAC address that it uses',
    file: 'src/ip-information/find-adapter.ts',
    find: 'const found = [...byHardware, ...matching];',
    replace: 'const found = matching;',
    test: 'test/unit/ip-information/find-adapter.test.ts',
  },
  {
    name: 'the addresses of the first VLAN alone',
    file: 'src/ip-information/find-adapter.ts',
    find: '[first, ...others, owner]',
    replace: 'others.length < 0 ? [owner] : [first, owner]',
    test: 'test/unit/ip-information/find-adapter.test.ts',
  },
  {
    name: 'the default route of a VRF counted as the machine’s',
    file: 'src/platform/network.ts',
    find: 'return chosen(family, state, ({ table }) => table === mainTable);',
    replace: 'return chosen(family, state, () => true);',
    test: 'test/unit/auto-keys/network-addresses.test.ts',
  },
  {
    name: 'a virtual function that is not its adapter’s',
    file: 'src/auto-keys/reach.ts',
    find: 'if (link.master !== undefined && links.get(link.master)?.isSynthetic === true) return true;',
    replace: '',
    test: 'test/unit/auto-keys/address-order.test.ts',
  },
  {
    name: 'a VPN that is first because of its default route',
    file: 'src/auto-keys/reach.ts',
    find: "if (tunnelKinds.has(link?.kind ?? '') || tunnelName.test(name)) return 'inside';",
    replace: '',
    test: 'test/unit/auto-keys/address-order.test.ts',
  },
];
