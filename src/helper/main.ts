import { type Settings, settle } from '../configuration/settings.ts';
import { type Arguments, parseArguments, UsageError } from '../daemon/arguments.ts';
import { isInBackground } from '../daemon/background.ts';
import { allowCoreDumps } from '../daemon/core-dumps.ts';
import { isExpected } from '../daemon/expected-error.ts';
import { reloaded } from '../daemon/reload.ts';
import { native } from '../device/native.ts';
import { createLog, type Log } from '../log/log.ts';
import { standardError, systemLog } from '../log/sinks.ts';
import { thisMachine } from '../platform/machine.ts';
import { findUser } from '../platform/users.ts';
import { connectionsFd, variable } from '../privileges/start-helper.ts';
import { fromListener, fromStarter } from './connections.ts';
import { converse } from './conversation.ts';
import { Life } from './life.ts';
import { createServe } from './serve-request.ts';

const helperName = 'hyperv-kvp-helper';
const failure = 1;

/** The program: returns its exit status, or goes on serving. Takes the daemon's command line. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    return await run(parseArguments(words));
  } catch (error) {
    if (!(error instanceof UsageError) && !isExpected(error)) throw error;
    return complain(error.message);
  }
}

async function run(given: Arguments): Promise<number> {
  native.setProcessName(helperName);
  const isStarted = process.env[variable] !== undefined;
  const isListening = process.env['LISTEN_PID'] === String(process.pid);
  if (!isStarted && !isListening) return complain('it is started by hv_kvp_daemon, or by its socket unit');
  const initial = await settle(given);
  const user = findUser(thisMachine, initial.privileges.user);
  if (user === undefined) return complain(`there is no user '${initial.privileges.user}' to help`);
  const log = createLog({
    sink: isInBackground() ? systemLog(helperName) : standardError(process.env, helperName),
    level: () => (given.debug ? 'debug' : initial.logLevel),
  });
  allowCoreDumps(initial.coreDumps, log);
  const life = new Life();
  const serve = createServe({ settings: settingsReader(given, initial, log), initial, user, log });
  const onConnection = (fd: number): void => {
    life.begin();
    converse(fd, serve, () => {
      life.end();
    });
  };
  if (isStarted) {
    const onEnd = (): void => {
      life.finish();
    };
    fromStarter(connectionsFd, { onConnection, onEnd });
  } else {
    life.endWhenIdle();
    fromListener(connectionsFd, [user.uid, 0], { onConnection });
  }
  return 0;
}

/** The configuration as it is at each request: what root has forbidden is forbidden at once. One that cannot be used changes nothing. */
function settingsReader(given: Arguments, initial: Settings, log: Log): () => Promise<Settings> {
  let current = initial;
  return async () => {
    try {
      current = reloaded(current, await settle(given)).settings;
    } catch (error) {
      if (!isExpected(error)) throw error;
      log.error(`the configuration cannot be used, so all settings stay as they are: ${error.message}`);
    }
    return current;
  };
}

function complain(text: string): number {
  process.stderr.write(`${helperName}: ${text}\n`);
  return failure;
}
