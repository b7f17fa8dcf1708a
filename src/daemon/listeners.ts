import type { AutoKeys } from '../auto-keys/auto-keys.ts';
import type { Settings } from '../configuration/settings.ts';
import type { AutoKeyReport } from '../control/protocol.ts';
import { version } from '../configuration/version.ts';
import { isSystemError } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import type { Observer } from './observer.ts';

export interface Listener {
  close(): void;
}

/** Who knows the answers. */
interface Asked {
  readonly observer: Observer;
  readonly autoKeys: AutoKeys;
  readonly log: Log;
}

/** Opens what is configured for those who ask how the daemon does. */
export function openListeners(settings: Settings, { observer, autoKeys, log }: Asked): readonly Listener[] {
  const { controlSocket: path, metricsPort: port } = settings;
  const options = { version, status: () => observer.status(), warn: log.warning };
  const openControl = async (): Promise<Listener> => {
    const { ControlServer } = await import('../control/server.ts');
    const server = await ControlServer.open({
      ...options,
      autoKeys: reportsOf(autoKeys),
      configuration: (values) => observer.configuration(values),
      path,
    });
    observer.tellClientsOf(server);
    return server;
  };
  const openMetrics = async (): Promise<Listener> => {
    const { openMetricsServer } = await import('../control/metrics-server.ts');
    return await openMetricsServer({ ...options, port });
  };
  return [...(path === '' ? [] : [openLater(openControl, log)]), ...(port === 0 ? [] : [openLater(openMetrics, log)])];
}

/** As texts, which those of hosts are. */
function reportsOf(autoKeys: AutoKeys): () => Promise<readonly AutoKeyReport[]> {
  return async () =>
    (await autoKeys.records()).map(({ key, value }) => ({ key: key.toString(), value: value.toString() }));
}

/** Loads and opens a listener while the daemon serves its host already. A failure is one warning. */
function openLater(open: () => Promise<Listener>, log: Log): Listener {
  let listener: Listener | undefined;
  let isClosed = false;
  const opened = (fresh: Listener): void => {
    listener = fresh;
    if (isClosed) fresh.close();
  };
  open().then(opened, (error: unknown) => {
    if (!isSystemError(error)) throw error;
    log.warning(`cannot listen there for hvkvp and metrics: ${error.message}`);
  });
  return {
    close() {
      isClosed = true;
      listener?.close();
    },
  };
}
