import { isSystemError } from '../device/system-error.ts';
import { poolName, PoolNumber, poolNumbers } from '../message/pool.ts';
import { printable } from '../message/printable.ts';
import { Status } from '../message/status.ts';
import { ServiceWithdrawn } from '../simulator/host-channel.ts';
import { TextTooLong } from '../simulator/host-request.ts';
import type { SimulatedGuest } from './simulate-guest.ts';
import { firstAdapter, ipValueOf } from './simulate-ip.ts';
import { describeStatus, ipTable, type PoolView, poolTable, statusWord } from './simulate-view.ts';
import { CommandError, given, parseSet, poolNamed, splitWords } from './simulate-words.ts';

/** What came of one command. */
export interface Outcome {
  /** It did what it says. */
  readonly succeeded: boolean;
  /** For people. */
  readonly text: string;
  /** For programs: what they need not read out of the text. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly quits?: boolean;
}

interface Action {
  readonly parameters: string;
  readonly summary: string;
  readonly run: (words: readonly string[], guest: SimulatedGuest) => Promise<Outcome>;
}

const helpColumn = 35;
const exchangedPools = poolNumbers.filter((pool) => pool !== PoolNumber.autoInternal);

const actions: Readonly<Record<string, Action>> = {
  show: {
    parameters: '',
    summary: 'all pools, as the host sees them',
    run: (_, guest) => showPools(exchangedPools, guest),
  },
  enumerate: {
    parameters: 'POOL',
    summary: 'one pool',
    run: ([pool], guest) => showPools([poolNamed(given(pool))], guest),
  },
  get: {
    parameters: 'POOL KEY',
    summary: 'the value of a key',
    run: async ([pool, key], { simulator: { host } }) => {
      const { status, value } = await host.get(poolNamed(given(pool)), given(key));
      return outcome(status, printable(value ?? ''), { value });
    },
  },
  set: {
    parameters: 'POOL KEY VALUE [--type u32|u64]',
    summary: 'write a key',
    run: async (words, { simulator: { host } }) => {
      const { pool, key, value } = parseSet(words);
      const { status } = await host.set(pool, key, value);
      return outcome(status);
    },
  },
  delete: {
    parameters: 'POOL KEY',
    summary: 'remove a key',
    run: async ([pool, key], { simulator: { host } }) => {
      const { status } = await host.delete(poolNamed(given(pool)), given(key));
      return outcome(status);
    },
  },
  guest: {
    parameters: 'KEY VALUE',
    summary: 'write pool 1 as a program in the guest',
    run: async ([key, value], guest) => {
      await guest.writeFromGuest(given(key), given(value));
      return outcome(Status.ok);
    },
  },
  ip: {
    parameters: 'MAC|first',
    summary: 'the addresses of an adapter',
    run: async ([mac], guest) => {
      const adapter = mac === 'first' ? await firstAdapter(guest.system) : given(mac);
      if (adapter === undefined) return said(true, 'this machine has no adapter but the loopback');
      const { status, value } = await guest.simulator.host.getIpInfo(adapter);
      return outcome(status, value && ipTable(value), { value });
    },
  },
  'set-ip': {
    parameters: 'GUID SETTING…',
    summary: 'dhcp, addresses=A;B, subnets=, gateways=, dns=',
    run: async ([adapter, ...settings], { simulator: { host } }) => {
      const { status } = await host.setIpInfo(ipValueOf(given(adapter), settings));
      return outcome(status);
    },
  },
  refused: {
    parameters: 'COMMAND …',
    summary: 'a command that must fail',
    run: async (words, guest) => {
      const { succeeded, text, told } = await attempt(words, guest);
      return { succeeded: !succeeded, text, told };
    },
  },
  rescind: {
    parameters: '',
    summary: 'withdraw the KVP service from the guest',
    run: (_, { simulator }) => {
      simulator.rescind();
      return Promise.resolve(outcome(Status.ok));
    },
  },
  offer: {
    parameters: '',
    summary: 'offer it again, and wait for the daemon',
    run: async (_, guest) => {
      guest.simulator.offer();
      await guest.start();
      return outcome(Status.ok);
    },
  },
  help: {
    parameters: '',
    summary: 'this list',
    run: () => Promise.resolve(said(true, helpText)),
  },
  quit: {
    parameters: '',
    summary: 'end',
    run: () => Promise.resolve({ succeeded: true, text: '', told: {}, quits: true }),
  },
};

/** The commands, one a line. */
export const helpText = Object.entries(actions)
  .map(([name, { parameters, summary }]) => `  ${`${name} ${parameters}`.padEnd(helpColumn)} ${summary}`)
  .join('\n');

/** Performs one line. What goes wrong is told in the outcome; only a bug throws. */
export async function perform(line: string, guest: SimulatedGuest): Promise<Outcome> {
  try {
    return await attempt(splitWords(line), guest);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return said(false, error.message);
  }
}

/** Throws {@link CommandError} for what cannot be understood: that is not a refusal. */
async function attempt([name = '', ...words]: readonly string[], guest: SimulatedGuest): Promise<Outcome> {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw new CommandError(`there is no command '${name}'; try help`);
  try {
    return await action.run(words, guest);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return said(false, error.message);
  }
}

function isRefusal(error: unknown): error is Error {
  return error instanceof ServiceWithdrawn || error instanceof TextTooLong || isSystemError(error);
}

/** Reads every pool; S_CONT is how an enumeration ends. */
async function showPools(pools: readonly PoolNumber[], guest: SimulatedGuest): Promise<Outcome> {
  const views: PoolView[] = [];
  for (const pool of pools) {
    const { status, records } = await guest.simulator.host.enumerate(pool);
    if (status !== Status.noMoreItems) return outcome(status);
    views.push({ pool, records });
  }
  return outcome(Status.ok, poolTable(views), {
    pools: views.map(({ pool, records }) => ({ pool: poolName(pool), records })),
  });
}

/** What the guest answered; `told` if all is well. */
function outcome(status: number, text = 'ok', told: Outcome['told'] = {}): Outcome {
  return status === Status.ok
    ? { succeeded: true, text, told: { status: statusWord(status), ...told } }
    : { succeeded: false, text: describeStatus(status), told: { status: statusWord(status) } };
}

/** What was not the guest's to answer. */
function said(succeeded: boolean, text: string): Outcome {
  return { succeeded, text, told: { text } };
}
