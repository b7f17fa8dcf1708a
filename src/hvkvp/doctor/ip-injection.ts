import { backEndsOf } from '../../ip-information/backends/all.ts';
import { Deadline } from '../../ip-information/deadline.ts';
import { findBackEnd } from '../../ip-information/detect.ts';
import type { Policy } from '../../ip-information/policy.ts';
import type { Proposal } from '../../ip-information/propose.ts';
import type { Adapter } from '../../platform/adapter.ts';
import { isInstalled } from '../../platform/installed.ts';
import type { Check, Patient } from './check.ts';
import { advice, type Finding, gravest, ok, problem } from './finding.ts';

/** Whether the host could give this machine addresses, as far as it is allowed to. */
export const ipInjection: Check = {
  name: 'ip-injection',
  needs: ['hypervisor'],
  async examine(patient) {
    const { platform, injection } = patient.settings;
    const { policy } = injection;
    if (policy.mode === 'off') return ok('disabled in the configuration');
    const adapters = (await platform.readAdapters()).filter((adapter) => isOpen(adapter, policy));
    const findings = await Promise.all(adapters.map((adapter) => examineAdapter(adapter, patient)));
    const finding = gravest(findings);
    if (finding === undefined) return advice('no adapter that the host may change', 'see: hvkvp ip show');
    return policy.mode === 'dry-run' ? { ...finding, found: `${finding.found}; dry-run: nothing is changed` } : finding;
  },
};

function isOpen({ name, guid }: Adapter, { interfaces, deniedInterfaces }: Policy): boolean {
  const isNamed = interfaces.length > 0 ? interfaces.includes(name) : guid !== undefined;
  return isNamed && !deniedInterfaces.includes(name);
}

/** What a host may ask for of any adapter. */
function toDhcp(adapter: Adapter): Proposal {
  return { adapter, families: ['ipv4'], dhcp: true, addresses: [], gateways: [], dnsServers: [] };
}

/** What a change to DHCP would take. */
async function examineAdapter(adapter: Adapter, { machine, settings }: Patient): Promise<Finding> {
  const { platform, injection } = settings;
  const { name } = adapter;
  const backEnds = backEndsOf(platform.system, injection);
  const backEnd = await findBackEnd(injection.backEnd, backEnds, adapter, machine, new Deadline(0));
  if (backEnd === undefined) {
    return advice(`no supported network manager has ${name}`, 'name a back end, or a script, in [ip_injection]');
  }
  const plan = await backEnd.plan(toDhcp(adapter), machine);
  if ('impossible' in plan) return problem(`${name}, by ${backEnd.name}: ${plan.impossible}`, 'see: hvkvp ip show');
  const commands = [...plan.before, ...plan.commands, ...plan.undo.before, ...plan.undo.commands];
  const missing = [...new Set(commands.map(({ program }) => program))].filter((each) => !isInstalled(machine, each));
  return missing.length === 0
    ? ok(`${name} by ${backEnd.name}`)
    : problem(`${name}, by ${backEnd.name}: ${missing.join(', ')} not found`, `install ${missing.join(', ')}`);
}
