import { native } from '../device/native.ts';
import { createLog, type Log } from '../log/log.ts';
import { standardError, systemLog } from '../log/sinks.ts';
import { parseArguments, type Arguments, UsageError, usage } from './arguments.ts';
import { isInBackground, tellStarter } from './background.ts';
import { allowCoreDumps } from './core-dumps.ts';
import { createDaemon, type Daemon } from './daemon.ts';
import { isExpected } from './expected-error.ts';
import { stayAsSmallAsAtTheStart } from './memory.ts';
import { reloadOnHangUp } from './reload.ts';
import { settle } from '../configuration/settings.ts';
import { version } from '../configuration/version.ts';
import { type Supervisor, supervisorOf } from './supervisor.ts';

/** The stock daemon's status for whatever goes wrong. */
const failure = 1;

/** The program: returns its exit status, or goes on serving. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const given = parseArguments(words);
    if (given.help) return print(usage);
    if (given.version) return print(`hv_kvp_daemon (hyperv-kvp) ${version}\n`);
    if (given.checkConfiguration) return await checkConfiguration(given);
    if (given.foreground || isInBackground()) return await run(given);
    const { startInBackground } = await import('./start-in-background.ts');
    const trouble = await startInBackground();
    return trouble === undefined ? 0 : complain(trouble);
  } catch (error) {
    if (error instanceof UsageError) return complain(`${error.message}\n${usage}`);
    if (!isExpected(error)) throw error;
    if (!isInBackground()) return complain(error.message);
    tellStarter(error.message);
    return failure;
  }
}

/** Throws what is wrong with the configuration. */
async function checkConfiguration(given: Arguments): Promise<number> {
  const { platform, configuration } = await settle(given);
  return print(
    configuration === '' ? `there is no ${platform.configurationPath}: the defaults hold\n` : `${configuration}: ok\n`,
  );
}

async function run(given: Arguments): Promise<number> {
  stayAsSmallAsAtTheStart();
  native.setProcessName('hv_kvp_daemon');
  let settings = await settle(given);
  const log = createLog({
    sink: isInBackground() ? systemLog : standardError(process.env),
    level: () => (given.debug ? 'debug' : settings.logLevel),
  });
  allowCoreDumps(settings.coreDumps, log);
  const supervisor = supervisorOf(process.env, log);
  const daemon = createDaemon(settings, log, supervisor);
  stopOnSignals(log, daemon, supervisor);
  reloadOnHangUp({
    read: () => settle(given),
    current: () => settings,
    use: (changed) => {
      settings = changed;
      allowCoreDumps(changed.coreDumps, log);
      daemon.reconfigure(changed);
    },
    supervisor,
    log,
  });
  daemon.start();
  if (isInBackground()) tellStarter();
  return 0;
}

function stopOnSignals(log: Log, daemon: Daemon, supervisor: Supervisor): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.notice(`ended by ${signal}`);
      supervisor.stopping();
      daemon.stop();
      process.exit(0);
    });
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`hv_kvp_daemon: ${text}\n`);
  return failure;
}
