import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { isSystemError } from '../device/system-error.ts';
import { backEndsOf } from '../ip-information/backends/all.ts';
import { Deadline } from '../ip-information/deadline.ts';
import { describePlan } from '../ip-information/describe-plan.ts';
import { findBackEnd } from '../ip-information/detect.ts';
import { objectionTo } from '../ip-information/policy.ts';
import { propose } from '../ip-information/propose.ts';
import { describeProposal, describeState, readState } from '../ip-information/state.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import type { IpShowOptions } from './ip-show.ts';

const refused = 1;
const unusable = 2;
const list = v.optional(v.string(), '');

/** What the host would send; lists as it writes them. */
const requestSchema = v.strictObject({
  adapter: v.string(),
  dhcp: v.optional(v.boolean(), false),
  addresses: list,
  subnets: list,
  gateways: list,
  dns_servers: list,
});

/** Prints what a request would write and run, or why it would be refused (status 1). Changes nothing. A file that cannot be used is status 2. */
export async function ipPlan(file: string, { platform, machine, settings, write }: IpShowOptions): Promise<number> {
  const refuse = (reason: string): number => {
    write(`refused: ${reason}\n`);
    return refused;
  };
  const request = readRequest(file);
  if (request instanceof Error) {
    write(`${file}: ${request.message}\n`);
    return unusable;
  }
  const proposed = propose(request, await platform.readAdapters(), platform.system);
  if ('refusal' in proposed) return refuse(proposed.refusal.reason);
  const { proposal } = proposed;
  const { adapter } = proposal;
  const objection = objectionTo(proposal, settings.policy);
  if (objection !== undefined) return refuse(`ip_injection.${objection.rule}: ${objection.reason}`);
  const backEnds = backEndsOf(platform.system, settings);
  const backEnd = await findBackEnd(settings.backEnd, backEnds, adapter, machine, new Deadline(0));
  if (backEnd === undefined) return refuse(`no network manager that we know has ${adapter.name}`);
  const plan = await backEnd.plan(proposal, machine);
  if ('impossible' in plan) return refuse(`${backEnd.name}: ${plan.impossible}`);
  const former = describeState(await readState(platform, adapter.name));
  write(`${adapter.name}, by ${backEnd.name}: from ${former} to ${describeProposal(proposal)}\n`);
  write(`${describePlan(plan, machine)}\n`);
  return 0;
}

function readRequest(file: string): IpValue | Error {
  try {
    return ipValueOf(v.parse(requestSchema, parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (isSystemError(error) || error instanceof TomlError || error instanceof v.ValiError) return error;
    throw error;
  }
}

function ipValueOf(request: v.InferOutput<typeof requestSchema>): IpValue {
  const { adapter, dhcp, addresses, subnets, gateways, dns_servers: dnsServers } = request;
  return {
    adapterId: adapter,
    addressFamily: AddressFamily.none,
    dhcpEnabled: dhcp,
    addresses,
    subnets,
    gateways,
    dnsServers,
  };
}
