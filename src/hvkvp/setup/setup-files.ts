import { readFileSync } from 'node:fs';
import { packageFolder } from '../../configuration/version.ts';
import { isSystemError } from '../../device/system-error.ts';
import { type Machine, readText } from '../../platform/machine.ts';
import { newHash } from '../../platform/new-hash.ts';
import { UsageError } from '../failure.ts';

/** A file of the service, and what there is in its place. */
export interface ServiceFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
  readonly found: 'nothing' | 'the same' | 'older' | 'foreign';
}

/** The script of rc(8) and the rules of devd(8), as they shall be on a machine. */
export function serviceFiles(machine: Machine): { readonly script: ServiceFile; readonly rules: ServiceFile } {
  const script = ownText('port/files/hyperv_kvp.in').replace('%%PREFIX%%/bin/hv_kvp_daemon', daemonOn(machine));
  return {
    script: fileOn(machine, '/usr/local/etc/rc.d/hyperv_kvp', script, 0o755),
    rules: fileOn(machine, '/usr/local/etc/devd/hyperv-kvp.conf', ownText('devd/hyperv-kvp.conf'), 0o644),
  };
}

function ownText(path: string): string {
  try {
    return readFileSync(new URL(`packaging/freebsd/${path}`, packageFolder), 'utf8');
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') throw error;
    throw new UsageError('this hvkvp belongs to a package of the system, which has the service');
  }
}

/** Where the daemon of this package is for programs of that machine. */
function daemonOn({ root }: Machine): string {
  const { pathname } = new URL('dist/bin/hv_kvp_daemon', packageFolder);
  const path = decodeURIComponent(pathname);
  // A shell splits what rc(8) is given.
  if (!/^[\w./@+-]+$/.test(path)) throw new UsageError(`rc(8) cannot start a program at '${path}'`);
  return path.startsWith(`${root}/`) ? path.slice(root.length) : path;
}

function fileOn(machine: Machine, path: string, unsigned: string, mode: number): ServiceFile {
  const text = unsigned + signature(unsigned);
  const now = readText(machine, path);
  if (now === undefined) return { path, text, mode, found: 'nothing' };
  if (now === text) return { path, text, mode, found: 'the same' };
  const [written = ''] = /^[^]*\n(?=#[^\n]*\n$)/.exec(now) ?? [];
  return { path, text, mode, found: now === written + signature(written) ? 'older' : 'foreign' };
}

/** The last line of a file of ours, by which one is known that nobody has changed since. */
function signature(text: string): string {
  return `# Written by hvkvp freebsd-setup, and no longer its own once it is changed: ${newHash('sha256').update(text).digest('hex')}\n`;
}
