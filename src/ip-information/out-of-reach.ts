import { accessSync, constants, lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isSystemError } from '../device/system-error.ts';
import { below, listFolder, type Machine, readLink, readStatus } from '../platform/machine.ts';
import type { BackEndName, PlannedFile } from './plan.ts';

/** Where a network manager finds its configuration, besides what is in the last of these. Of NetworkManager's, each file is asked for. */
const places: Partial<Record<BackEndName, readonly string[]>> = {
  ifupdown: ['/etc/network', '/etc/network/interfaces', '/etc/network/interfaces.d'],
  netplan: ['/etc/netplan'],
  networkd: ['/etc/systemd/network'],
};

/** What the units hide from us by ProtectHome= and TemporaryFileSystem=. */
const hidden = /^\/(home|root|run\/user|tmp)\//;

/**
 * Configuration of a network manager that is a link to where we are shown nothing, although the manager is: without it, what else it
 * says of the adapter would be lost. Undefined if there is none.
 */
export function hiddenConfiguration(backEnd: BackEndName, machine: Machine): string | undefined {
  const own = places[backEnd] ?? [];
  const folder = own.at(-1) ?? '';
  for (const path of [...own, ...listFolder(machine, folder).map((name) => `${folder}/${name}`)]) {
    const target = readLink(machine, path);
    if (target === undefined || readStatus(machine, path) !== undefined) continue;
    const place = resolve(dirname(path), target);
    if (hidden.test(place)) return `${path} leads to ${place}, which is hidden from this service`;
  }
  return undefined;
}

/** Why a planned file cannot be written where it stands, or where a link there leads; undefined if it can. */
export function unwritable(machine: Machine, { path, text }: PlannedFile): string | undefined {
  if (text === undefined) return undefined;
  const file = below(machine, path);
  const isLink = text !== null && lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  try {
    const target = isLink ? realpathSync(file) : file;
    const status = statSync(target, { throwIfNoEntry: false });
    if (status !== undefined && !status.isFile()) return `${path} is not a regular file`;
    // Of root, the system refuses this for a file that is immutable, or where the service may only read.
    if (status !== undefined) accessSync(target, constants.W_OK);
    accessSync(existing(dirname(target)), constants.W_OK);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const leads = isLink ? `, a link to ${readLink(machine, path) ?? '?'},` : '';
    return `${path}${leads} cannot be written: ${error.code}`;
  }
}

function existing(folder: string): string {
  return statSync(folder, { throwIfNoEntry: false }) === undefined ? existing(dirname(folder)) : folder;
}
