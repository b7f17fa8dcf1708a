import { type Command, InvalidArgumentError } from 'commander';
import { standardOutput } from '../output.ts';
import { version } from '../../configuration/version.ts';
import { thisSystem } from '../../platform/this-system.ts';
import { defaultDocumentationUrl } from '../../report/provisioning-report.ts';
import { poolCommand, type PoolCommandOptions, withPools } from '../pools/pool-options.ts';

interface ReportOptions extends PoolCommandOptions {
  readonly agent: string;
  readonly vmId?: string;
  readonly ppsType?: string;
  readonly with: readonly Supporting[];
}

interface FailureOptions extends ReportOptions {
  readonly reason: string;
  readonly documentationUrl: string;
}

type Supporting = readonly [name: string, text: string];

/** Commands that report to Azure how the provisioning of this machine went. */
export function addReportCommand(program: Command): void {
  const report = program
    .command('report')
    .description('Reports the result of provisioning to Azure, in PROVISIONING_REPORT.');
  reportCommand(report, 'success', 'The machine is ready.').action(async (options: ReportOptions) => {
    await tell('success', options, {});
  });
  reportCommand(report, 'failure', 'The machine is not ready, and why.')
    .requiredOption('--reason <text>', 'the reason; truncated if the host cannot carry it')
    .option('--documentation-url <url>', 'where to read more', defaultDocumentationUrl)
    .action(async ({ reason, documentationUrl: url, ...options }: FailureOptions) => {
      await tell('failure', options, { reason, documentationUrl: url });
    });
}

function reportCommand(parent: Command, name: string, description: string): Command {
  return poolCommand(parent, name, description)
    .option('--agent <name/version>', 'who reports', `hyperv-kvp/${version}`)
    .option('--vm-id <uuid>', 'of the virtual machine (default: from the firmware)')
    .option('--pps-type <type>', 'how Azure had prepared it, such as None, Running, Savable or PreprovisionedOSDisk')
    .option('--with <name=text>', 'an additional field; may be repeated', collect, []);
}

async function tell(
  outcome: 'success' | 'failure',
  { agent, vmId, ppsType, with: supporting, ...options }: ReportOptions,
  failure: { readonly reason?: string; readonly documentationUrl?: string },
): Promise<void> {
  const { report } = await import('./report.ts');
  const given = { agent, vmId: vmId ?? (await ownVmId()), timestamp: new Date(), supporting, ...failure };
  const prepared = ppsType === undefined ? {} : { ppsType };
  await withPools(`report ${outcome}`, options, (pools) =>
    report(
      pools,
      { result: outcome === 'success' ? 'success' : 'error', ...given, ...prepared },
      standardOutput(options.json),
    ),
  );
}

/** A report without an identity is better than none. */
async function ownVmId(): Promise<string> {
  const [{ readSystemUuid }, { thisMachine }, { vmIdOf }] = await Promise.all([
    import('../../platform/system-uuid.ts'),
    import('../../platform/machine.ts'),
    import('../../report/vm-id.ts'),
  ]);
  const vmId = vmIdOf(await readSystemUuid(thisSystem, thisMachine));
  return vmId === '' ? 'unknown' : vmId;
}

function collect(word: string, before: readonly Supporting[]): readonly Supporting[] {
  const at = word.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('It must be NAME=TEXT.');
  return [...before, [word.slice(0, at), word.slice(at + 1)]];
}
