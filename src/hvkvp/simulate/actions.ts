import { similarKey } from '../../configuration/similar-key.ts';
import { isSystemError } from '../../device/system-error.ts';
import { poolName, PoolNumber, poolNumbers } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { Status } from '../../message/status.ts';
import { HostFault, HostTimeout, NotAsked } from '../../simulator/host.ts';
import { ServiceWithdrawn } from '../../simulator/host-channel.ts';
import { TextTooLong } from '../../simulator/host-request.ts';
import type { SimulatedGuest } from './guest.ts';
import { changedIpValue, echo, firstAdapter, ipValueOf, macOf } from './ip.ts';
import { describeStatus, ipTable, type PoolView, poolTable, statusWord } from './view.ts';
import { CommandError, given, MissingWord, parseSet, poolNamed, splitWords } from './words.ts';

/** What came of one command. */
export interface Outcome {
  /** It did what it says. */
  readonly succeeded: boolean;
  /** For people. */
  readonly text: string;
  /** For programs: what they need not read out of the text. */
  readonly details: Readonly<Record<string, unknown>>;
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
      const warnings: string[] = [];
      await guest.writeFromGuest(given(key), given(value), (text) => warnings.push(text));
      return outcome(Status.ok, ['ok', ...warnings].map(printable).join('; '), { warnings });
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
    summary:
      'family=ipv4|ipv6|both, dhcp, addresses=A;B, subnets=, gateways=, dns=; echo: the rest as the guest reported it',
    run: async ([adapter, ...settings], guest) => {
      const { host } = guest.simulator;
      if (!settings.includes(echo)) return outcome((await host.setIpInfo(ipValueOf(given(adapter), settings))).status);
      const { status, value } = await host.getIpInfo(await macOf(given(adapter), guest.system));
      if (value === undefined) return outcome(status);
      const sent = changedIpValue({ ...value, adapterId: given(adapter) }, settings);
      return outcome((await host.setIpInfo(sent)).status, ipTable(sent), { value: sent });
    },
  },
  refused: {
    parameters: 'COMMAND …',
    summary: 'a command that must fail',
    run: async (words, guest) => {
      const { succeeded, text, details } = await attempt(words, guest);
      return { succeeded: !succeeded, text, details };
    },
  },
  restore: {
    parameters: '',
    summary: 'negotiate again while a request is open, as when a saved machine is restored',
    run: async (_, { simulator: { host } }) => {
      const { message } = await host.restore();
      return said(true, `messages of version ${message.major}.${message.minor}`);
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
    parameters: '[COMMAND]',
    summary: 'this list, or how a command is used',
    run: ([name]) => Promise.resolve(said(true, name === undefined ? helpText : usageOf(name))),
  },
  quit: {
    parameters: '',
    summary: 'end',
    run: () => Promise.resolve({ succeeded: true, text: '', details: {}, quits: true }),
  },
};

export const actionNames = Object.keys(actions);

/** The commands, one a line. */
export const helpText = actionNames.map(usageOf).join('\n');

function usageOf(name: string): string {
  const { parameters, summary } = actionNamed(name);
  return `  ${`${name} ${parameters}`.padEnd(helpColumn)} ${summary}`;
}

function actionNamed(name: string): Action {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action !== undefined) return action;
  const meant = similarKey(name, actionNames);
  throw new CommandError(`unknown command '${name}'; ${meant === undefined ? 'try help' : `did you mean '${meant}'?`}`);
}

/** Performs one line. The outcome says what went wrong; only a bug throws. */
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
  const action = actionNamed(name);
  try {
    return await action.run(words, guest);
  } catch (error) {
    if (error instanceof MissingWord) throw new CommandError(`${error.message}; usage: ${name} ${action.parameters}`);
    if (!isRefusal(error)) throw error;
    return said(false, error.message);
  }
}

function isRefusal(error: unknown): error is Error {
  const kinds = [ServiceWithdrawn, TextTooLong, HostFault, HostTimeout, NotAsked];
  return kinds.some((kind) => error instanceof kind) || isSystemError(error);
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

/** What the guest answered; `details` if all is well. */
function outcome(status: number, text = 'ok', details: Outcome['details'] = {}): Outcome {
  return status === Status.ok
    ? { succeeded: true, text, details: { status: statusWord(status), ...details } }
    : { succeeded: false, text: describeStatus(status), details: { status: statusWord(status) } };
}

/** What was not the guest's to answer. */
function said(succeeded: boolean, text: string): Outcome {
  return { succeeded, text, details: { text } };
}
