import assert from 'node:assert/strict';
import { stat, writeFile } from 'node:fs/promises';
import { checkChangeAndBack } from '../../guest/checks/ip-injection.ts';
import { networkdConfigured, networkFile, ownFile } from '../../guest/checks/networkd.ts';
import { type Lab, shell } from './lab.ts';

/** A network manager that has the adapter for a while. */
interface Manager {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly start: string;
  readonly stop: string;
  readonly ready?: () => Promise<void>;
}

const networkd: Manager = {
  name: 'systemd-networkd',
  file: ownFile,
  text: networkFile,
  start: 'systemctl start systemd-networkd',
  stop: `rm ${ownFile}; systemctl stop systemd-networkd.socket systemd-networkd`,
  ready: networkdConfigured,
};

const ifupdown: Manager = {
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
  start: 'ip -6 route flush default; ifup eth0',
  stop: 'ifdown eth0',
};

/** The host sets addresses by systemd-networkd; `body` is made while the helper that did it is still there. */
export function checkNetworkd(lab: Lab, sentence: string, body: () => Promise<void>): Promise<void> {
  return checkManager(lab, networkd, sentence, body);
}

/** The same by ifupdown, where that is installed. */
export function checkIfupdown(lab: Lab, sentence: string, body: () => Promise<void>): Promise<void> {
  return checkManager(lab, ifupdown, sentence, body);
}

async function checkManager(lab: Lab, manager: Manager, sentence: string, body: () => Promise<void>): Promise<void> {
  const { name, file, text, start, stop, ready } = manager;
  await lab.check(`${name} has the adapter`, async () => {
    await writeFile(file, text);
    await shell(`ip address flush dev eth0 scope global; ${start}`);
    await ready?.();
  });
  await checkChangeAndBack(lab, `by the helper and ${name}`);
  await lab.check(sentence, async () => {
    assert.equal((await stat(file)).uid, 0);
    await body();
    await shell(stop);
  });
}
