import { PoolNumber } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import type { HostValue } from '../../../src/simulator/host-request.ts';
import { ipValueOf } from '../../../src/hvkvp/simulate/ip.ts';
import {
  appendAsNeighbour,
  askDaemon,
  emptyAsNeighbour,
  offerAnew,
  reload,
  renewStalledClient,
  setByGuest,
  setWhileLocked,
} from './surroundings.ts';
import { modelledPools, type ModelledPool } from './model.ts';
import { anyKey, anyText } from './texts.ts';
import { expectEqual, type Soak } from './soak.ts';

type Transaction = (soak: Soak) => Promise<void> | void;

/** By what is done, with how often it is done among all of them. */
const transactions: Readonly<Record<string, readonly [weight: number, run: Transaction]>> = {
  set: [3000, set],
  get: [2500, get],
  delete: [1000, remove],
  enumerate: [2500, enumerate],
  'automatic key': [2000, enumerateAutomatic],
  'get-ip-info': [200, getIpInfo],
  'set-ip-info': [200, setIpInfo],
  nonsense: [200, nonsense],
  'guest program': [200, setByGuest],
  neighbour: [200, appendAsNeighbour],
  'emptied by a neighbour': [5, emptyAsNeighbour],
  'locked pool': [20, setWhileLocked],
  'control client': [50, askDaemon],
  'stalled client': [10, renewStalledClient],
  reload: [10, reload],
  'new offer': [10, offerAnew],
};

const kinds = Object.entries(transactions);
const totalWeight = kinds.reduce((sum, [, [weight]]) => sum + weight, 0);

/** Makes one exchange and compares the answer; returns its name. At first each kind once, then at random. Throws {@link WrongAnswer}. */
export async function transact(soak: Soak, number: number): Promise<string> {
  const [name, [, run]] = kinds[number] ?? drawn(soak.random.below(totalWeight));
  await run(soak);
  return name;
}

function drawn(ticket: number): (typeof kinds)[number] {
  let left = ticket;
  for (const kind of kinds) {
    const [weight] = kind[1];
    if (left < weight) return kind;
    left -= weight;
  }
  throw new RangeError('no transaction was drawn');
}

const largestNumber = 2 ** 31;

async function set(soak: Soak): Promise<void> {
  const { guest, model, random } = soak;
  const pool = random.pick<ModelledPool>(modelledPools);
  const key = anyKey(soak);
  const [value, text] = anyValue(soak);
  const { status } = await guest.simulator.host.set(pool, key, value);
  expectEqual(`SET of ${key} in pool ${pool}`, status, Status.ok);
  model.set(pool, key, text);
}

async function get(soak: Soak): Promise<void> {
  const { guest, model, random } = soak;
  const pool = random.pick<ModelledPool>(modelledPools);
  const key = anyKey(soak);
  const { status, value } = await guest.simulator.host.get(pool, key);
  const expected = model.get(pool, key);
  expectEqual(`status of GET of ${key} in pool ${pool}`, status, foundOr(expected));
  expectEqual(`GET of ${key} in pool ${pool}`, value, expected);
}

async function remove(soak: Soak): Promise<void> {
  const { guest, model, random } = soak;
  const pool = random.pick<ModelledPool>(modelledPools);
  const key = anyKey(soak);
  const { status } = await guest.simulator.host.delete(pool, key);
  const existed = model.delete(pool, key);
  expectEqual(`DELETE of ${key} in pool ${pool}`, status, existed ? Status.ok : Status.noMoreItems);
}

async function enumerate({ guest, model, random }: Soak): Promise<void> {
  const pool = random.pick<ModelledPool>(modelledPools);
  const records = model.records(pool);
  const index = random.below(records.length + 1);
  const { status, value } = await guest.simulator.host.enumerateAt(pool, index);
  expectEqual(`status of ENUMERATE ${index} in pool ${pool}`, status, foundOr(records[index]));
  expectEqual(`ENUMERATE ${index} in pool ${pool}`, value, records[index]);
}

const automaticKeys = [
  ...['FullyQualifiedDomainName', 'IntegrationServicesVersion', 'NetworkAddressIPv4', 'NetworkAddressIPv6'],
  ...['OSBuildNumber', 'OSName', 'OSMajorVersion', 'OSMinorVersion', 'OSVersion', 'ProcessorArchitecture'],
];

async function enumerateAutomatic({ guest, random }: Soak): Promise<void> {
  const index = random.below(automaticKeys.length + 1);
  const { status, value } = await guest.simulator.host.enumerateAt(PoolNumber.auto, index);
  expectEqual(`status of automatic key ${index}`, status, foundOr(automaticKeys[index]));
  expectEqual(`automatic key ${index}`, value?.key, automaticKeys[index]);
}

/** Of nobody, so that a soak never touches the network of the machine it runs on. */
const nobody = { mac: '00:00:00:00:00:00', guid: '{00000000-0000-0000-0000-000000000000}' } as const;

async function getIpInfo({ guest }: Soak): Promise<void> {
  const { status } = await guest.simulator.host.getIpInfo(nobody.mac);
  expectEqual('GET_IP_INFO of an adapter that is not there', status, Status.fail);
}

async function setIpInfo({ guest }: Soak): Promise<void> {
  const { status } = await guest.simulator.host.setIpInfo(ipValueOf(nobody.guid, ['dhcp']));
  expectEqual('SET_IP_INFO of an adapter that is not there', status, Status.guidNotFound);
}

const unknownOperation = 77;

async function nonsense({ guest, random }: Soak): Promise<void> {
  const pool = random.pick<ModelledPool>(modelledPools);
  const { status } = await guest.simulator.host.send({ operation: 'unknown', pool, code: unknownOperation });
  expectEqual('an unknown operation', status, Status.notSupported);
}

/** Every record of a pool, as the host gets them, against the model. */
export async function compareAll(pool: ModelledPool, { guest, model }: Soak): Promise<void> {
  const { status, records } = await guest.simulator.host.enumerate(pool);
  expectEqual(`the end of the enumeration of pool ${pool}`, status, Status.noMoreItems);
  expectEqual(`all of pool ${pool}`, records, model.records(pool));
}

/** What is sent, and the text that is kept of it. */
function anyValue(soak: Soak): readonly [HostValue, string] {
  const text = anyText(soak);
  const number = soak.random.below(largestNumber);
  return soak.random.pick<readonly [HostValue, string]>([
    [text, text],
    [text, text],
    [{ u32: number }, String(number)],
    [{ u64: BigInt(number) ** 2n }, String(BigInt(number) ** 2n)],
  ]);
}

function foundOr(expected: unknown): number {
  return expected === undefined ? Status.noMoreItems : Status.ok;
}
