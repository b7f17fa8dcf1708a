import { removeFile, replaceFile } from '../../ip-information/durable-file.ts';
import { below, type Machine } from '../../platform/machine.ts';
import { complain } from '../failed.ts';
import { UsageError } from '../failure.ts';
import { type Output, writeJson } from '../output.ts';
import { ExitStatus } from '../exit-status.ts';
import { type ServiceFile, serviceFiles } from './setup-files.ts';

export interface SetupOptions {
  readonly machine: Machine;
  /** The daemon's. */
  readonly user: string;
  /** Takes back what was installed. */
  readonly remove: boolean;
  /** Only say what would be done. */
  readonly dryRun: boolean;
}

/** Something to be done, in words; returns why it could not be, "" if it was. */
interface Step {
  readonly text: string;
  readonly run: () => Promise<string>;
}

/** A service stops when its program has ended. */
const timeoutMs = 60_000;

const service = 'hyperv_kvp';
const enabling = `${service}_enable`;

/** Makes the daemon a service of FreeBSD, or takes that back. What is as it shall be stays, and so does what is not ours. */
export async function setUp(options: SetupOptions, output: Output): Promise<ExitStatus> {
  const { script, rules } = serviceFiles(options.machine);
  const foreign = [script, rules].filter(({ found }) => found === 'foreign');
  const [first] = foreign;
  if (first !== undefined && !options.remove) {
    throw new UsageError(`${first.path} was not written by this command, or was changed since; move it away first`);
  }
  const steps = await (options.remove ? removal : installation)(options, script, rules);
  for (const { text, run } of steps) {
    if (!output.json) output.write(`${text}\n`);
    const trouble = options.dryRun ? '' : await run();
    if (trouble === '') continue;
    complain('hvkvp freebsd-setup', `${text}: ${trouble}`);
    return ExitStatus.io;
  }
  const kept = foreign.map(({ path }) => path);
  if (output.json) writeJson(output, { dry_run: options.dryRun, steps: steps.map(({ text }) => text), kept });
  for (const path of kept) {
    complain('hvkvp freebsd-setup', `${path} is kept: it was changed since this command wrote it`);
  }
  return kept.length === 0 ? ExitStatus.ok : ExitStatus.notFound;
}

async function installation(
  { machine, user }: SetupOptions,
  script: ServiceFile,
  rules: ServiceFile,
): Promise<readonly Step[]> {
  const written = [script, rules].filter(({ found }) => found !== 'the same');
  const hasUser = (await machine.run('pw', [...inRoot(machine), 'usershow', user])).status === 0;
  const setting = await valueOf(enabling, machine);
  const isOn = setting === '' || isYes(setting);
  const create = ['useradd', user, '-c', 'Hyper-V KVP daemon', '-d', '/nonexistent', '-s', '/usr/sbin/nologin'];
  const steps = [
    ...written.map((file) => fileStep(file, machine)),
    ...(hasUser ? [] : [command(machine, 'pw', ...inRoot(machine), ...create)]),
    ...(setting === '' ? [command(machine, 'sysrc', ...inRoot(machine), `${enabling}=YES`)] : []),
  ];
  // Of another system only the files are there.
  if (machine.root !== '/') return steps;
  const isRunning = await runs(machine);
  const action = isRunning ? 'restart' : 'start';
  return [
    ...steps,
    ...(written.includes(rules) ? [command(machine, 'service', 'devd', 'restart')] : []),
    ...(isOn && (!isRunning || written.includes(script)) ? [command(machine, 'service', service, action)] : []),
  ];
}

async function removal({ machine }: SetupOptions, script: ServiceFile, rules: ServiceFile): Promise<readonly Step[]> {
  const isOurs = ({ found }: ServiceFile): boolean => found === 'the same' || found === 'older';
  const isHere = machine.root === '/';
  const goes = [script, rules].filter(isOurs);
  const isStopped = isOurs(script) && isHere && (await runs(machine));
  const isDisabled = isOurs(script) && isYes(await valueOf(enabling, machine));
  return [
    ...(isStopped ? [command(machine, 'service', service, 'onestop')] : []),
    ...goes.map(({ path }) =>
      step(`rm ${path}`, () => {
        removeFile(below(machine, path));
      }),
    ),
    ...(isDisabled ? [command(machine, 'sysrc', ...inRoot(machine), '-x', enabling)] : []),
    ...(isHere && goes.includes(rules) ? [command(machine, 'service', 'devd', 'restart')] : []),
  ];
}

function fileStep({ path, text, mode }: ServiceFile, machine: Machine): Step {
  return step(`write ${path}`, () => {
    replaceFile(below(machine, path), Buffer.from(text), { mode });
  });
}

function step(text: string, act: () => void): Step {
  return {
    text,
    run() {
      act();
      return Promise.resolve('');
    },
  };
}

function command(machine: Machine, program: string, ...args: readonly string[]): Step {
  const words = args.map((word) => (/^[\w./=-]+$/.test(word) ? word : `'${word}'`));
  return {
    text: [program, ...words].join(' '),
    async run() {
      const { status, output, errors } = await machine.run(program, args, { timeoutMs });
      return status === 0 ? '' : (errors || output).trim() || `it ended with status ${String(status)}`;
    },
  };
}

/** pw(8) and sysrc(8) work in another root. */
function inRoot({ root }: Machine): readonly string[] {
  return root === '/' ? [] : ['-R', root];
}

/** Of a variable of rc.conf(5); "" if it has none. */
async function valueOf(name: string, machine: Machine): Promise<string> {
  return (await machine.run('sysrc', [...inRoot(machine), '-in', name])).output.trim();
}

/** As rc.subr(8) takes it. */
function isYes(value: string): boolean {
  return /^(?:yes|true|on|1)$/i.test(value);
}

async function runs(machine: Machine): Promise<boolean> {
  return (await machine.run('service', [service, 'onestatus'])).status === 0;
}
