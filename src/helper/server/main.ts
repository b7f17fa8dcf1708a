import { closeSync, fstatSync } from 'node:fs';
import { type Settings, loadSettings, loadAndRememberSettings } from '../../configuration/settings.ts';
import { type Arguments, parseArguments, UsageError } from '../../process/arguments.ts';
import { beginService } from '../../process/begin-service.ts';
import { endPrograms } from '../../process/end-programs.ts';
import { allowCoreDumps } from '../../process/core-dumps.ts';
import { isExpected } from '../../process/expected-error.ts';
import { reloaded } from '../../process/reload.ts';
import { crash } from '../../device/rethrow-later.ts';
import { systemError } from '../../device/system-error.ts';
import { createInjection } from '../../ip-information/injection.ts';
import { createLog, type Log } from '../../log/log.ts';
import { standardError } from '../../log/sinks.ts';
import { loadLateParts } from '../../platform/late-part.ts';
import { findUser } from '../../platform/users.ts';
import { connectionsFd, helperVariable } from '../client/start-helper.ts';
import { fromListener, fromStarter, refuseAll } from './connections.ts';
import { converse } from './conversation.ts';
import { handBack } from './hand-back.ts';
import { Life } from './life.ts';
import { createServe } from './serve-request.ts';

const mostConnections = 16;
const helperName = 'hyperv-kvp-helper';
const failedStatus = 1;

/** The command of the packages, when they go. */
const handBackWord = 'hand-back';

/** The program: returns its exit status, or goes on serving. Takes the daemon's command line. */
export async function main(words: readonly string[]): Promise<number> {
  try {
    const [first, ...rest] = words;
    return await (first === handBackWord ? endAndHandBack(parseArguments(rest)) : run(parseArguments(words)));
  } catch (thrown) {
    const error = systemError(thrown);
    if (!(error instanceof UsageError) && !isExpected(error)) throw error;
    return refuse(error.message);
  }
}

async function run(given: Arguments): Promise<number> {
  const isStarted = process.env[helperVariable] !== undefined;
  if (!isStarted && !isListening()) return complain('only hv_kvp_daemon and the socket unit may start this program');
  const initial = await loadAndRememberSettings(given);
  const user = findUser(initial.privileges.user);
  if (user === undefined) return refuse(`there is no user '${initial.privileges.user}' to help`);
  const log = beginService(helperName, () => initial.logLevel);
  process.chdir('/');
  allowCoreDumps(initial.coreDumps, log);
  const life = new Life();
  const serve = createServe({ settings: settingsReader(given, initial, log), initial, user, log });
  const onConnection = (fd: number): void => {
    // The daemon has no use for so many, and each costs a thread.
    if (life.connections >= mostConnections || !fstatSync(fd).isSocket()) {
      closeSync(fd);
      return;
    }
    life.begin();
    converse(fd, serve, () => {
      life.end();
    });
  };
  loadLateParts(log.error).catch(crash);
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

/** Nothing of ours runs any more, and nothing is the user's any more. */
async function endAndHandBack(given: Arguments): Promise<number> {
  const settings = await loadSettings(given);
  await endPrograms();
  // Also half of a change of addresses, which nobody could undo later.
  const log = createLog({ sink: standardError(process.env, helperName), level: () => settings.logLevel });
  const { platform, injection } = settings;
  await createInjection({ platform, settings: injection, current: () => injection, log }).recover();
  const user = findUser(settings.privileges.user);
  if (user !== undefined) handBack(settings, user);
  return 0;
}

/** The configuration as it is at each request: what root has forbidden is forbidden at once. One that cannot be used changes nothing. */
function settingsReader(given: Arguments, initial: Settings, log: Log): () => Promise<Settings> {
  let current = initial;
  return async () => {
    try {
      const { lapse } = current;
      current = reloaded(current, await loadAndRememberSettings(given)).settings;
      if (current.lapse !== '' && current.lapse !== lapse) log.warning(current.lapse);
    } catch (error) {
      if (!isExpected(error)) throw error;
      log.error(`configuration not reloaded; the previous settings stay in force: ${error.message}`);
    }
    return current;
  };
}

function isListening(): boolean {
  return process.env['LISTEN_PID'] === String(process.pid);
}

/** A client that waits gets the reason: a connection that nobody accepts would make systemd start us again and again. */
function refuse(trouble: string): number {
  if (isListening()) refuseAll(connectionsFd, trouble);
  return complain(trouble);
}

function complain(text: string): number {
  process.stderr.write(`${helperName}: ${text}\n`);
  return failedStatus;
}
