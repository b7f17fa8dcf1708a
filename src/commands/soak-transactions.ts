import { inspect } from 'node:util';
import { PoolNumber } from '../message/pool.ts';
import { Status } from '../message/status.ts';
import type { HostValue } from '../simulator/host-request.ts';
import type { SimulatedGuest } from './simulate-guest.ts';
import { ipValueOf } from './simulate-ip.ts';
import { modelledPools, type ModelledPool, type SoakModel } from './soak-model.ts';
import type { SeededRandom } from './soak-random.ts';

/** A guest, what its pools must hold, and what chooses. */
export interface Soak {
  readonly guest: SimulatedGuest;
  readonly model: SoakModel;
  readonly random: SeededRandom;
}

/** An answer that is not what the model says. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

type Transaction = (soak: Soak) => Promise<void>;

/** By what is done, with how often it is done among all of them. */
const transactions: Readonly<Record<string, readonly [weight: number, run: Transaction]>> = {
  set: [30, set],
  get: [25, get],
  delete: [10, remove],
  enumerate: [25, enumerate],
  'automatic key': [20, enumerateAutomatic],
  'guest program': [4, setByGuest],
  'get-ip-info': [2, getIpInfo],
  'set-ip-info': [2, setIpInfo],
  nonsense: [2, nonsense],
  'new offer': [1, offerAnew],
};

const totalWeight = Object.values(transactions).reduce((sum, [weight]) => sum + weight, 0);

/** Makes one exchange, chosen at random, and compares the answer; returns its name. Throws {@link WrongAnswer}. */
export async function transact(soak: Soak): Promise<string> {
  let drawn = soak.random.below(totalWeight);
  for (const [name, [weight, run]] of Object.entries(transactions)) {
    if (drawn < weight) {
      await run(soak);
      return name;
    }
    drawn -= weight;
  }
  throw new RangeError('no transaction was drawn');
}

/** Few enough that records are met again, many enough that a pool has some hundred. */
const keys = 300;
/** In bytes of UTF-8: within what a driver lets through. */
const longestValue = 1000;
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

async function setByGuest(soak: Soak): Promise<void> {
  const { guest, model } = soak;
  const [key, value] = [anyKey(soak), anyText(soak)];
  await guest.writeFromGuest(key, value);
  model.set(PoolNumber.guest, key, value);
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

/** The service goes away and comes back: the daemon registers again, and has all records still. */
async function offerAnew({ guest }: Soak): Promise<void> {
  guest.simulator.rescind();
  guest.simulator.offer();
  await guest.start();
}

/** Every record of a pool, as the host gets them, against the model. */
export async function compareAll(pool: ModelledPool, { guest, model }: Soak): Promise<void> {
  const { status, records } = await guest.simulator.host.enumerate(pool);
  expectEqual(`the end of the enumeration of pool ${pool}`, status, Status.noMoreItems);
  expectEqual(`all of pool ${pool}`, records, model.records(pool));
}

/** FreeBSD's driver spoils what is not ASCII. */
const alphabets = {
  linux: { keys: ['key', 'Schlüssel ', '鍵'], words: ['value', 'Grüße', '値', '👋'] },
  freebsd: { keys: ['key', 'Key ', 'k.'], words: ['value', 'v'] },
} as const;

function anyKey({ guest, random }: Soak): string {
  return `${random.pick(alphabets[guest.system].keys)}${random.below(keys)}`;
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

function anyText({ guest, random }: Soak): string {
  const word = random.pick<string>(alphabets[guest.system].words);
  return word.repeat(1 + random.below(Math.floor(longestValue / Buffer.byteLength(word))));
}

function foundOr(expected: unknown): number {
  return expected === undefined ? Status.noMoreItems : Status.ok;
}

const shownLength = 200;
const unlimited = { depth: null, maxArrayLength: null, maxStringLength: null, breakLength: Infinity } as const;

function expectEqual(what: string, found: unknown, expected: unknown): void {
  const [foundText, expectedText] = [inspect(found, unlimited), inspect(expected, unlimited)];
  if (foundText === expectedText) return;
  const shown = `${foundText.slice(0, shownLength)} in place of ${expectedText.slice(0, shownLength)}`;
  throw new WrongAnswer(`${what}: ${shown}`);
}
