import type { Machine } from '../../../../src/platform/machine.ts';
import { fakeMachine } from '../../platform/fake-machine.ts';

/** A profile as NetworkManager writes it, with all that an administrator may have added. */
export const office = `[connection]
id=Office
uuid=0cba1d6b-6a2d-4fc4-9a5e-60d3b0a4a1f5
type=ethernet
interface-name=eth0
zone=internal

[ethernet]
mtu=1400

[802-1x]
eap=md5;
identity=guest
password=00123456

[ipv4]
address1=192.168.1.4/24,192.168.1.1
dns=192.168.1.1;
dns-search=example.org;
method=manual
route1=172.16.0.0/12,192.168.1.2
route-metric=50

[ipv6]
addr-gen-mode=stable-privacy
method=auto

[proxy]
`;

export interface NetworkManagerMachine {
  /** An NMDeviceState; "activated" unless there is no active profile. */
  readonly state?: string;
  /** The UUID of the active one: by default the first's. */
  readonly active?: string;
  /** Rows of `nmcli connection show` that differ, by UUID: device, priority, timestamp, whether it autoconnects. */
  readonly rows?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A machine whose NetworkManager has loaded these profiles, by path. */
export function networkManagerMachine(
  profiles: Readonly<Record<string, string>>,
  { state, active, rows = {}, files = {} }: NetworkManagerMachine = {},
): Machine {
  const loaded = Object.entries(profiles).map(([path, text]) => ({
    path,
    uuid: /^uuid=(.*)$/m.exec(text)?.[1] ?? 'none',
  }));
  const uuid = active ?? loaded[0]?.uuid ?? '';
  const list = loaded.map(({ path, uuid: own }) => {
    const row = rows[own] ?? `${own === uuid ? 'eth0' : ''}:0:0:yes`;
    return `${own}:802-3-ethernet:${row}:${path}\n`;
  });
  return fakeMachine({
    files: { '/sys/class/net/eth0/ifindex': '2\n', '/proc/7/comm': 'NetworkManager\n', ...profiles, ...files },
    commands: {
      'nmcli --get-values GENERAL.STATE,GENERAL.CON-UUID device show eth0': `${state ?? (uuid === '' ? '30 (disconnected)' : '100 (connected)')}\n${uuid}\n`,
      'nmcli --escape no --get-values UUID,TYPE,DEVICE,AUTOCONNECT-PRIORITY,TIMESTAMP,AUTOCONNECT,FILENAME connection show':
        list.join(''),
    },
  });
}
