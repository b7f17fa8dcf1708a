import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { eventually } from './eventually.ts';
import { shell } from './shell.ts';

/** The file that takes over the addresses which the guest has from its start, and what is in it. */
export const ownFile = '/etc/systemd/network/50-eth0.network';

/**
 * Has this machine's systemd-networkd manage the guest's eth0, without the rest of systemd, until the guest is switched
 * off. Resolves when the adapter is configured.
 */
export async function startNetworkd(): Promise<void> {
  await shell(preparation);
  await writeFile(ownFile, networkFile);
  // Where /sys cannot be written to, it does not wait for udev. The checks themselves write there.
  const start = 'mount -o remount,bind,ro /sys && exec /lib/systemd/systemd-networkd';
  spawn('unshare', ['--mount', 'sh', '-c', start], { stdio: 'ignore' }).unref();
  await networkdConfigured();
}

/** Resolves when systemd-networkd has configured an adapter. */
export async function networkdConfigured(adapter = 'eth0'): Promise<void> {
  await eventually(async () => {
    assert.match(await linkState(adapter), /^ADMIN_STATE=configured$/m);
  }, patienceMs);
}

/** As its unit would have it. Version 252 fails at the addresses that the guest has from its start, so they go first. */
const preparation = `
  mkdir -p /etc/systemd/network /run/dbus /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
  chown -R systemd-network: /run/systemd/netif
  dbus-daemon --system --fork
  ip address flush dev eth0
  ip -6 route flush default
`;

export const networkFile = `[Match]
Name=eth0

[Network]
Address=192.0.2.10/24
Address=2001:db8::10/64
Gateway=192.0.2.1
Gateway=2001:db8::1
DNS=192.0.2.53 2001:db8::53
IPv6AcceptRA=no
`;

async function linkState(adapter: string): Promise<string> {
  const index = (await readFile(`/sys/class/net/${adapter}/ifindex`, 'utf8')).trim();
  return await readFile(`/run/systemd/netif/links/${index}`, 'utf8');
}

const patienceMs = 120_000;
