import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { backEndsOf } from '../ip-information/backends/all.ts';
import { Deadline } from '../ip-information/deadline.ts';
import { describePlan } from '../ip-information/describe-plan.ts';
import { findBackEnd } from '../ip-information/detect.ts';
import { objectionTo } from '../ip-information/policy.ts';
import { propose } from '../ip-information/propose.ts';
import { describeProposal, describeState, readState } from '../ip-information/state.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import { ExitStatus } from './exit-status.ts';
import { UsageError } from './failure.ts';
import type { IpShowOptions } from './ip-show.ts';
import { writeJson } from './output.ts';

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

/** Prints what a request would write and run, or why it would be refused (status 1). Changes nothing. Throws {@link UsageError}
 * for a file that cannot be used, a system error if it cannot be read. */
export async function ipPlan(
  file: string,
  { platform, machine, settings, output }: IpShowOptions,
): Promise<ExitStatus> {
  const refuse = (reason: string): ExitStatus => {
    if (output.json) writeJson(output, { refused: reason });
    else output.write(`refused: ${reason}\n`);
    return ExitStatus.notFound;
  };
  const request = readRequest(file);
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
  const wanted = describeProposal(proposal);
  const steps = describePlan(plan, machine);
  if (output.json) {
    writeJson(output, { adapter: adapter.name, back_end: backEnd.name, from: former, to: wanted, plan: steps });
  } else {
    output.write(`${adapter.name}, by ${backEnd.name}: from ${former} to ${wanted}\n${steps}\n`);
  }
  return ExitStatus.ok;
}

function readRequest(file: string): IpValue {
  try {
    return ipValueOf(v.parse(requestSchema, parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (!(error instanceof TomlError || error instanceof v.ValiError)) throw error;
    throw new UsageError(`${file}: ${error.message}`, { cause: error });
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
