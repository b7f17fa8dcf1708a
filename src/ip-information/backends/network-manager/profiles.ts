import type { Machine } from '../../../platform/machine.ts';

/** What NetworkManager says of a device. */
export interface Device {
  /** An NMDeviceState. */
  readonly state: number;
  /** Of the active profile that NetworkManager has set it up by; undefined if there is none. */
  readonly uuid: string | undefined;
  /** Of the profile that NetworkManager makes up for what another program has set. */
  readonly madeUp?: string;
}

/** Where NMDeviceState stands for a device that takes commands: without carrier, and ready to activate a profile. */
export const states = { unavailable: 20, disconnected: 30 } as const;

/** Where many guests start at a time, as after a failover, an answer takes seconds. */
export const timeoutMs = 8000;

/** Undefined if NetworkManager does not know the device, or does not answer. */
export async function readDevice(machine: Machine, adapter: string): Promise<Device | undefined> {
  const fields = ['--get-values', 'GENERAL.STATE,GENERAL.CON-UUID'];
  const { status, output } = await machine.run('nmcli', [...fields, 'device', 'show', adapter], { timeoutMs });
  if (status !== 0) return undefined;
  const [state = '', uuid = ''] = output.split('\n');
  // It makes up a profile for a device that another program has set up.
  const isOthers = state.includes('externally');
  return {
    state: Number.parseInt(state),
    uuid: isOthers || uuid === '' ? undefined : uuid,
    ...(isOthers && { madeUp: uuid }),
  };
}

/** A profile that NetworkManager has loaded. */
export interface Profile {
  readonly uuid: string;
  readonly type: string;
  /** Where it is active. */
  readonly devices: readonly string[];
  readonly priority: number;
  /** When it was last active, in seconds; 0: never. */
  readonly timestamp: number;
  readonly autoconnects: boolean;
  /** The file that counts, of several with the same UUID; "" if there is none. */
  readonly path: string;
}

const fields = ['UUID', 'TYPE', 'DEVICE', 'AUTOCONNECT-PRIORITY', 'TIMESTAMP', 'AUTOCONNECT', 'FILENAME'] as const;

export async function readProfiles(machine: Machine): Promise<readonly Profile[]> {
  const format = ['--escape', 'no', '--get-values', fields.join()];
  const { output } = await machine.run('nmcli', [...format, 'connection', 'show'], { timeoutMs });
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [uuid = '', type = '', devices = '', priority, timestamp, autoconnects, ...path] = line.split(':');
      return {
        uuid,
        type,
        devices: devices.split(',').filter((device) => device !== ''),
        priority: Number(priority),
        timestamp: Number(timestamp),
        autoconnects: autoconnects === 'yes',
        path: path.join(':'),
      };
    });
}
