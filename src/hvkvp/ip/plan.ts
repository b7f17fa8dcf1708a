import { readGivenFile } from '../whole-input.ts';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { backEndsOf } from '../../ip-information/backends/all.ts';
import { Deadline } from '../../ip-information/deadline.ts';
import { decide } from '../../ip-information/decide.ts';
import { describePlan } from '../../ip-information/describe-plan.ts';
import { describeProposal, describeState } from '../../ip-information/describe-state.ts';
import { familyBits, type IpValue } from '../../message/ip-value.ts';
import { ExitStatus } from '../exit-status.ts';
import { UsageError } from '../failure.ts';
import type { IpShowOptions } from './show.ts';
import { writeJson } from '../output.ts';

const list = v.optional(v.string(), '');

/** What the host would send; lists as it writes them. */
const requestSchema = v.strictObject({
  adapter: v.string(),
  family: v.optional(v.picklist(['none', 'ipv4', 'ipv6', 'both']), 'both'),
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
  const backEnds = backEndsOf(platform.system, settings);
  const circumstances = { platform, machine, settings, backEnds, waiting: new Deadline(0) };
  const decision = await decide(await readRequest(file), circumstances);
  if (decision.kind === 'refused') {
    if (output.json) writeJson(output, { refused: decision.reason });
    else output.write(`refused: ${decision.reason}\n`);
    return ExitStatus.notFound;
  }
  const { proposal, backEnd, plan, remarks } = decision;
  const { name } = proposal.adapter;
  const former = describeState(decision.former) || 'nothing';
  const wanted = describeProposal(proposal);
  const steps = describePlan(plan, machine);
  if (output.json) {
    writeJson(output, {
      adapter: name,
      families: proposal.families,
      back_end: backEnd.name,
      from: former,
      to: wanted,
      remarks,
      plan: steps,
    });
  } else {
    const notes = remarks.map((remark) => `note: ${remark}\n`).join('');
    output.write(`${name}, by ${backEnd.name}: from ${former} to ${wanted}\n${notes}${steps}\n`);
  }
  return ExitStatus.ok;
}

async function readRequest(file: string): Promise<IpValue> {
  const text = (await readGivenFile(file)).toString();
  try {
    return ipValueOf(v.parse(requestSchema, parse(text)));
  } catch (error) {
    if (!(error instanceof TomlError || error instanceof v.ValiError)) throw error;
    throw new UsageError(`${file}: ${error.message}`, { cause: error });
  }
}

function ipValueOf(request: v.InferOutput<typeof requestSchema>): IpValue {
  const { adapter, family, dhcp, addresses, subnets, gateways, dns_servers: dnsServers } = request;
  return {
    adapterId: adapter,
    addressFamily: familyBits[family],
    dhcpEnabled: dhcp,
    addresses,
    subnets,
    gateways,
    dnsServers,
  };
}
