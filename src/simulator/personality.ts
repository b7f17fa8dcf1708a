/** How a host behaves where hosts differ. */
export interface Personality {
  /** Whether every packet has the transaction id 0, or they count. */
  readonly transactions: 'zero' | 'counting';
  /** Whether it asks for one key, or enumerates until it finds it: case counts, and the first of equal keys. */
  readonly gets: 'by key' | 'by enumeration';
  /** Whether a reply with status 0 whose body is bad ends the channel, until host and guest negotiate again. */
  readonly isStrict: boolean;
  /** Whether it sends IP requests to a guest of version 4.0. */
  readonly setsAddresses: boolean;
  /** How long it waits for an answer, and for that to a request before; undefined: as long as the driver. */
  readonly timeoutMs: number | undefined;
  /** What it does, and where that is described. */
  readonly summary: string;
}

/** By name. */
export const personalities = {
  windows: {
    ...{ transactions: 'counting', gets: 'by key', isStrict: false, setsAddresses: true, timeoutMs: undefined },
    summary:
      'asks as the drivers of Linux and FreeBSD and Microsoft’s class pages describe it, and accepts every reply',
  },
  openvmm: {
    ...{ transactions: 'zero', gets: 'by enumeration', isStrict: true, setsAddresses: false, timeoutMs: 3000 },
    summary:
      'as openvmm 1488a37b (vm/devices/hyperv_ic/src/common.rs, kvp.rs); sets no addresses, which takes version 5.0',
  },
  strict: {
    ...{ transactions: 'counting', gets: 'by key', isStrict: true, setsAddresses: true, timeoutMs: undefined },
    summary: 'asks all that windows asks, and refuses the replies that openvmm refuses',
  },
} as const satisfies Readonly<Record<string, Personality>>;

export type PersonalityName = keyof typeof personalities;

/** The names, in their order. */
// The keys of an object that is written out above are known.
export const personalityNames = Object.keys(personalities) as readonly PersonalityName[];
