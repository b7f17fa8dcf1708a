import { native } from '../device/native.ts';
import { systemError, troubleOf } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import { beginService } from '../process/begin-service.ts';
import { ownName } from '../process/own-name.ts';
import { parseArguments, type Arguments, UsageError, usage } from '../process/arguments.ts';
import { isInBackground, tellingStarter, tellStarter } from '../process/background.ts';
import { allowCoreDumps } from '../process/core-dumps.ts';
import { createDaemon } from './daemon.ts';
import { isExpected } from '../process/expected-error.ts';
import { endWithOutput } from '../process/output-failure.ts';
import { reloadOnHangUp } from '../process/reload.ts';
import { partWithRoot } from './part-with-root.ts';
import { loadSettings, loadAndRememberSettings, type Settings } from '../configuration/settings.ts';
import { bootPath, noteBoot } from '../pools/boot-time.ts';
import { version } from '../configuration/version.ts';
import { supervisorOf } from '../process/supervisor.ts';

/** What the process is called, by ps and in logs. */
const daemonName = ownName('hv_kvp_daemon');
/** The stock daemon's status for whatever goes wrong. */
const failedStatus = 1;

/** The program: returns its exit status, or goes on serving. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const given = parseArguments(words);
    if (given.help) return print(usage);
    if (given.version) return print(`hv_kvp_daemon (hyperv-kvp) ${version}\n`);
    if (given.checkConfiguration) return await checkConfiguration(given);
    if (given.foreground || isInBackground()) return await run(given, words);
    const { startInBackground } = await import('../process/start-in-background.ts');
    const trouble = await startInBackground();
    return trouble === undefined ? 0 : complain(trouble);
  } catch (thrown) {
    const error = systemError(thrown);
    if (error instanceof UsageError) return complain(`${error.message}\n${usage}`);
    if (!isExpected(error)) throw error;
    if (!isInBackground()) return complain(error.message);
    tellStarter(error.message);
    return failedStatus;
  }
}

/** Throws what is wrong with the configuration. Warns of what is legal but probably a mistake, without failing. */
async function checkConfiguration(given: Arguments): Promise<number> {
  const settings = await loadSettings(given);
  const { platform, configuration } = settings;
  if (configuration === '') return print(`there is no ${platform.configurationPath}: using the defaults\n`);
  const { configurationWarnings } = await import('../configuration/warnings.ts');
  const { thisMachine } = await import('../platform/machine.ts');
  const warnings = await configurationWarnings(settings, thisMachine);
  for (const warning of warnings) complain(`warning: ${warning}`);
  return print(`${configuration}: ${warnings.length === 0 ? 'ok' : 'valid, with warnings'}\n`);
}

async function run(given: Arguments, words: readonly string[]): Promise<number> {
  // What V8's compiler has freed glibc would keep.
  native.giveBackFreedMemory();
  let settings = await loadAndRememberSettings(given);
  const log = beginService(daemonName, () => settings.logLevel);
  noteStart(settings, log);
  const supervisor = tellingStarter(supervisorOf(process.env, log));
  const rights = await partWithRoot(settings, { words, hasStandardError: !isInBackground(), log });
  // The starter's folder could not be unmounted.
  process.chdir('/');
  // A change of the user would undo it.
  allowCoreDumps(settings.coreDumps, log);
  const mustStartAgain = (trouble: string): void => {
    log.error(`ending so that the supervisor starts it again: ${trouble}`);
    end(failedStatus);
  };
  const onRefused = (trouble: string): void => {
    log.error(trouble);
    if (isInBackground()) tellStarter(trouble);
    end(failedStatus);
  };
  const daemon = createDaemon(settings, { log, supervisor, rights, onRefused, mustStartAgain });
  const end = (status: number): never => {
    supervisor.stopping();
    daemon.stop();
    process.exit(status);
  };
  stopOnSignals(log, end);
  reloadOnHangUp({
    read: () => loadAndRememberSettings(given),
    current: () => settings,
    use: (changed) => {
      settings = changed;
      if (changed.lapse !== '') log.warning(changed.lapse);
      allowCoreDumps(changed.coreDumps, log);
      daemon.reconfigure(changed);
    },
    supervisor,
    log,
  });
  daemon.start();
  return 0;
}

/** While we are root, for the folder is root's; under the unit we never are, and it has made the file for us. */
function noteStart({ pools }: Settings, log: Log): void {
  const trouble = troubleOf(() => {
    noteBoot(bootPath(pools.stateDirectory));
  });
  if (trouble !== '') log.notice(`cannot note when the system started: ${trouble}`);
}

function stopOnSignals(log: Log, end: (status: number) => never): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.notice(`ended by ${signal}`);
      end(0);
    });
  }
}

function print(text: string): number {
  endWithOutput(complain);
  process.stdout.write(text);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`hv_kvp_daemon: ${text}\n`);
  return failedStatus;
}
