import { setTimeout as sleep } from 'node:timers/promises';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import { quoted } from '../environment/guest-shell.ts';
import { patience } from '../environment/patience.ts';
import type { Guest } from './guest.ts';
import type { SetStep, Step } from './read.ts';

/** Five seconds are enough where nothing else runs. What waits for a router or a lease takes longer on a busy machine. */
const patienceMs = 15_000;
const pauseMs = 200;
const families = { none: 0, ipv4: 1, ipv6: 2, both: 3 } as const;

/** Of the adapters, by their names at the first boot. */
const adapters: Readonly<Record<string, { guid: string; mac: string }>> = {
  eth0: { guid: '{1E0FBAA4-6D2C-4B7C-8A3F-526C1D9E0477}', mac: '00:15:5D:01:02:0A' },
  eth1: { guid: '{1E0FBAA4-6D2C-4B7C-8A3F-526C1D9E0478}', mac: '00:15:5D:01:02:0B' },
  eth2: { guid: '{1E0FBAA4-6D2C-4B7C-8A3F-526C1D9E0479}', mac: '00:15:5D:01:02:0C' },
};

/** Takes one step; returns what does not hold. */
export async function takeStep(step: Step, guest: Guest): Promise<string | undefined> {
  if (step.run !== undefined) return await run(step.run, step, guest);
  if (step.set !== undefined) return await set(step.set, step, guest);
  if (step.get !== undefined) return await get(step.get, step, guest);
  if (step.enumerate !== undefined) return await enumerate(step.enumerate, step, guest);
  if (step.remember !== undefined) {
    guest.memory.set(step.remember, (await guest.shell(step.of ?? '')).output);
    guest.memory.set(`${step.remember} of`, step.of ?? '');
    return undefined;
  }
  if (step.same !== undefined) return await same(step.same, guest);
  if (step.hvkvp !== undefined) return await hvkvp(step.hvkvp, step, guest);
  if (step.carrier !== undefined) await guest.plug(step.carrier);
  else if (step.restart === 'manager') await guest.restartManager();
  else if (step.restart === 'daemon') await guest.restartDaemon();
  else if (step.reboot) await guest.reboot();
  return undefined;
}

/** Asks until nothing is amiss; says what still is when the time is over. */
async function patiently(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  const end = performance.now() + patienceMs * patience.factor;
  for (;;) {
    const trouble = await ask();
    if (trouble === undefined || performance.now() > end) return trouble;
    await sleep(pauseMs);
  }
}

function amiss(output: string, { shows, lacks = [] }: Pick<Step, 'shows' | 'lacks'>): string | undefined {
  const missing = (Array.isArray(shows) ? (shows as readonly string[]) : []).find((one) => !matches(one, output));
  if (missing !== undefined) return `does not show /${missing}/: ${brief(output)}`;
  const present = lacks.find((one) => matches(one, output));
  return present === undefined ? undefined : `shows /${present}/: ${brief(output)}`;
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'mu').test(text);
}

function named(command: string): string {
  const line = command.replaceAll(/\s*\n\s*/g, '; ');
  return `'${line.length > 100 ? `${line.slice(0, 100)}…` : line}'`;
}

function brief(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' | ');
  return JSON.stringify(line.length > 400 ? `${line.slice(0, 400)}…` : line);
}

async function run(command: string, step: Step, guest: Guest): Promise<string | undefined> {
  if (step.shows === undefined && step.lacks === undefined) {
    const { output, status } = await guest.shell(command);
    return status === 0 ? undefined : `${named(command)} ended with ${status}: ${brief(output)}`;
  }
  const trouble = await patiently(async () => amiss((await guest.shell(command)).output, step));
  return trouble === undefined ? undefined : `${named(command)} ${trouble}`;
}

async function set(request: SetStep, { status, log = [] }: Step, guest: Guest): Promise<string | undefined> {
  const known = adapters[request.adapter ?? 'eth0'];
  if (known === undefined) throw new Error(`no adapter ${request.adapter ?? ''}`);
  await guest.newLog();
  const start = performance.now();
  const answer = await guest.host.setIpInfo({
    adapterId: known.guid,
    addressFamily: families[request.family ?? 'both'],
    dhcpEnabled: request.dhcp ?? false,
    addresses: request.addresses ?? '',
    subnets: request.subnets ?? '',
    gateways: request.gateways ?? '',
    dnsServers: request.dns ?? '',
  });
  guest.answer = answer.status === 0 ? 'ok' : 'failed';
  const time = ((performance.now() - start) / 1000).toFixed(1);
  guest.say(`SET ${JSON.stringify(request)}: ${guest.answer} 0x${(answer.status >>> 0).toString(16)} (${time} s)`);
  const said = await guest.newLog();
  if (status !== undefined && status !== guest.answer) {
    return `SET ${guest.answer} in ${time} s, not ${status}: ${brief(said)}`;
  }
  const missing = log.find((one) => !matches(one, said));
  return missing === undefined ? undefined : `the log of SET does not show /${missing}/: ${brief(said)}`;
}

async function get(adapter: string, { shows = {}, lacks }: Step, guest: Guest): Promise<string | undefined> {
  const known = adapters[adapter];
  if (known === undefined) throw new Error(`no adapter ${adapter}`);
  // The format says so of this step.
  const wanted = shows as Readonly<Record<string, string | boolean>>;
  return await patiently(async () => {
    const { status, value } = await guest.host.getIpInfo(known.mac);
    guest.say(`GET ${adapter}: 0x${(status >>> 0).toString(16)} ${JSON.stringify(value)}`);
    if (value === undefined) return `GET failed: 0x${(status >>> 0).toString(16)}`;
    const trouble = Object.entries(wanted).find(([key, one]) => !holds(value, key, one));
    if (trouble !== undefined) {
      return `GET's ${trouble[0]} are not ${JSON.stringify(trouble[1])}: ${brief(JSON.stringify(value))}`;
    }
    const text = JSON.stringify(value);
    const present = (lacks ?? []).find((one) => matches(one, text));
    return present === undefined ? undefined : `GET shows /${present}/: ${brief(text)}`;
  });
}

function holds(value: IpValue, key: string, wanted: string | boolean): boolean {
  switch (key) {
    case 'dhcp':
      return value.dhcpEnabled === wanted;
    case 'addresses':
    case 'subnets':
    case 'gateways':
      return matches(String(wanted), value[key]);
    case 'dns':
      return matches(String(wanted), value.dnsServers);
    default:
      throw new Error(`GET has no ${key}`);
  }
}

async function enumerate(pool: number, { shows = {} }: Step, guest: Guest): Promise<string | undefined> {
  return await patiently(async () => {
    const { records } = await guest.host.enumerate(pool);
    const found = new Map(records.map(({ key, value }) => [key, value]));
    guest.say(`ENUMERATE ${JSON.stringify([...found])}`);
    const wrong = Object.entries(shows).find(([key, one]) => !matches(String(one), found.get(key) ?? ''));
    return wrong && `${wrong[0]} is not /${String(wrong[1])}/: ${brief(found.get(wrong[0]) ?? 'missing')}`;
  });
}

async function same(name: string, guest: Guest): Promise<string | undefined> {
  const before = guest.memory.get(name);
  if (before === undefined) throw new Error(`nothing remembered as ${name}`);
  const command = guest.memory.get(`${name} of`) ?? '';
  return await patiently(async () => {
    const { output } = await guest.shell(command);
    if (output === before) return undefined;
    return `${name}: gone is ${brief(onlyIn(before, output))}, come is ${brief(onlyIn(output, before))}`;
  });
}

function onlyIn(one: string, other: string): string {
  const lines = other.split('\n');
  const only = one.split('\n').filter((line) => !lines.includes(line));
  return only.join('\n');
}

async function hvkvp(words: readonly string[], step: Step, guest: Guest): Promise<string | undefined> {
  const text = words.map(quoted).join(' ');
  return await patiently(async () => {
    const { output, status } = await guest.shell(`/usr/local/bin/node /opt/hyperv-kvp/dist/bin/hvkvp.js ${text}`);
    const wanted = step.status ?? 0;
    if (status !== wanted) return `hvkvp ${text} ended with ${status}: ${brief(output)}`;
    const trouble = amiss(output, step);
    return trouble === undefined ? undefined : `hvkvp ${text} ${trouble}`;
  });
}
