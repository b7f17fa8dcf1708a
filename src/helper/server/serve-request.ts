import type { Settings } from '../../configuration/settings.ts';
import { native } from '../../device/native.ts';
import { makeSystemError, withPath } from '../../device/system-error.ts';
import { createInjection, type Injection } from '../../ip-information/injection.ts';
import type { Log } from '../../log/log.ts';
import type { IpValue } from '../../message/ip-value.ts';
import { Status } from '../../message/status.ts';
import type { Platform } from '../../platform/platform.ts';
import type { User } from '../../platform/users.ts';
import { poolPaths } from '../../pools/pools.ts';
import type { Say, Serve } from './conversation.ts';
import { handJournalOver, handPoolOver, openTailFor } from './hand-over.ts';
import { isRootsOnly } from '../../platform/roots-only.ts';

export interface ServeOptions {
  /** By root's configuration as it is now. */
  readonly settings: () => Promise<Settings>;
  readonly initial: Settings;
  /** Who the daemon is. */
  readonly user: User;
  readonly log: Log;
}

/** The closed set of what is done for the daemon: with whose files and by which policy, only root's configuration says. */
export function createServe({ settings: readSettings, initial, user, log }: ServeOptions): Serve {
  const injection = createInjection({
    platform: initial.platform,
    settings: initial.injection,
    current: async () => (await readSettings()).injection,
    log,
  });
  return async (request, say) => {
    const settings = await readSettings();
    const { platform, pools, device } = settings;
    switch (request.request) {
      case 'device':
        say({ reply: 'done' }, openDevice(device, platform));
        break;
      case 'pool':
        handPoolOver(poolPaths(pools, request.pool), pools, user);
        say({ reply: 'done' });
        break;
      case 'journal':
        handJournalOver(poolPaths(pools, request.pool), user);
        say({ reply: 'done' });
        break;
      case 'tail':
        say({ reply: 'done' }, openTailFor(poolPaths(pools, request.pool), user));
        break;
      case 'inject':
        if (mayInject(settings, log)) await inject(request.value, injection, say);
        else say({ reply: 'status', status: Status.fail });
        break;
      case 'recover':
        if (mayInject(settings, log)) await injection.recover();
        say({ reply: 'done' });
        break;
      case 'dhcp-state': {
        const adapters = await platform.readAdapters();
        const isKnown = adapters.some(({ name }) => name === request.adapter);
        say({ reply: 'dhcp-state', isOn: isKnown && ((await platform.readDhcpState(request.adapter)) ?? false) });
      }
    }
  };
}

function openDevice(path: string, { isOpenerTheDaemon }: Platform): number {
  if (isOpenerTheDaemon) throw makeSystemError('EOPNOTSUPP', 'open', 'the daemon must open the device itself');
  return withPath(path, () => native.openChannel(path));
}

/** The record of a change says what is to be written and run: it must be nobody else's. */
function mayInject({ injection: { stateDirectory } }: Settings, log: Log): boolean {
  if (isRootsOnly(stateDirectory)) return true;
  log.error(`not setting addresses: users other than root can write to ${stateDirectory}, or above it`);
  return false;
}

/** The result follows the status where a change has to be undone first. */
async function inject(value: IpValue, injection: Injection, say: Say): Promise<void> {
  const { status, result } = injection.set(value);
  say({ reply: 'status', status: await status });
  say({ reply: 'result', result: await result });
}
