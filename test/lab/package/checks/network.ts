import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { checkChangeAndBack } from '../../guest/checks/ip-injection.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { networkdConfigured, networkFile, ownFile } from '../../guest/checks/networkd.ts';
import { type Lab, shell } from './lab.ts';

/** What NetworkManager may take for duplicate detection and all else, on an emulated processor of a busy machine. */
const readyMs = 120_000;

/** A network manager that has the adapter for a while. */
interface Manager {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly start: string;
  readonly stop: string;
  readonly ready?: () => Promise<void>;
}

export const networkd: Manager = {
  name: 'systemd-networkd',
  file: ownFile,
  text: networkFile,
  start: 'systemctl start systemd-networkd',
  stop: `rm ${ownFile}; systemctl stop systemd-networkd.socket systemd-networkd`,
  ready: networkdConfigured,
};

export const ifupdown: Manager = {
  name: 'ifupdown',
  file: '/etc/network/interfaces',
  text: `auto lo
iface lo inet loopback

auto eth0
iface eth0 inet static
	address 192.0.2.10/24
	gateway 192.0.2.1
iface eth0 inet6 static
	address 2001:db8::10/64
	gateway 2001:db8::1
	accept_ra 0
`,
  start: 'ifup eth0',
  stop: 'ifdown eth0',
};

const profile = '/etc/NetworkManager/system-connections/eth0.nmconnection';
/** By its name it would not be the only one: NetworkManager makes one for an adapter that others have given addresses. */
const profileId = '5d3a1c1e-7a3b-4d61-9d57-0d7b1f2f7c11';

export const networkManager: Manager = {
  name: 'NetworkManager',
  file: profile,
  // No IPv6 name servers: a request for IPv4 leaves those alone, and the check expects its own only.
  text: `[connection]
id=eth0
uuid=${profileId}
type=ethernet
interface-name=eth0

[ipv4]
method=manual
address1=192.0.2.10/24,192.0.2.1
dns=192.0.2.53;

[ipv6]
method=manual
address1=2001:db8::10/64
gateway=2001:db8::1
`,
  start: `chmod 600 ${profile}; systemctl start NetworkManager`,
  stop: `nmcli connection delete ${profileId}; systemctl stop NetworkManager`,
  ready: async () => {
    await shell(`nmcli --wait 60 connection up ${profileId}`);
    // It is up by one family; the other's route comes once duplicate detection is over.
    await eventually(async () => {
      assert.match(await shell('ip -6 route show default dev eth0'), /via 2001:db8::1 /);
    }, readyMs);
  },
};

const definition = '/etc/netplan/50-eth0.yaml';

export const netplan: Manager = {
  name: 'netplan',
  file: definition,
  text: `network:
  version: 2
  renderer: networkd
  ethernets:
    eth0:
      accept-ra: false
      addresses: [192.0.2.10/24, "2001:db8::10/64"]
      routes: [{to: default, via: 192.0.2.1}, {to: default, via: "2001:db8::1"}]
      nameservers: {addresses: [192.0.2.53, "2001:db8::53"]}
`,
  start: `chmod 600 ${definition}; netplan generate; systemctl start systemd-networkd`,
  stop: `rm ${definition}; netplan generate; systemctl stop systemd-networkd.socket systemd-networkd`,
  ready: networkdConfigured,
};

/** The host sets addresses by a network manager; `body` is made while the helper that did it is still there. */
export async function checkManager(
  lab: Lab,
  manager: Manager,
  sentence: string,
  body: () => Promise<void>,
): Promise<void> {
  const { name, file, text, start, stop, ready } = manager;
  await lab.check(`${name} has the adapter`, async () => {
    await writeFile(file, text);
    await shell(`ip address flush dev eth0 scope global; ip -6 route flush default; ${start}`);
    await ready?.();
  });
  await checkChangeAndBack(lab, `by the helper and ${name}`);
  await lab.check(sentence, async () => {
    assert.equal((await stat(file)).uid, 0);
    await body();
    await shell(stop);
  });
}
