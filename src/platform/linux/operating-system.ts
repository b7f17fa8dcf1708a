import { parseAssignments } from '../assignments.ts';
import { KnownFile } from '../known-file.ts';
import type { Kernel, Machine } from '../machine.ts';
import type { Distribution } from '../platform.ts';

/** os-release(5): the first of the two that is there. */
const releasePaths = ['/etc/os-release', '/usr/lib/os-release'];

/** The running kernel. */
export function readKernel(machine: Machine): Kernel {
  return machine.kernel();
}

/**
 * NAME and VERSION_ID of os-release. VERSION_ID stays whole ("22.04") as the major version, as hosts know it from the stock
 * daemon: a script that looks for it there must not break on the day that the daemon is replaced.
 */
export function readDistribution(machine: Machine): Distribution {
  const files = releaseFiles.get(machine) ?? releasePaths.map((path) => new KnownFile(machine, path, parseRelease));
  releaseFiles.set(machine, files);
  for (const file of files) {
    const release = file.current();
    if (release !== undefined) return release;
  }
  return nameless;
}

const releaseFiles = new WeakMap<Machine, readonly KnownFile<Distribution | undefined>[]>();

const nameless: Distribution = { name: 'Linux', majorVersion: '', minorVersion: '' };

function parseRelease(text: string | undefined): Distribution | undefined {
  if (text === undefined) return undefined;
  // An editor of Windows' leaves a byte order mark.
  const release = parseAssignments(text.replace(/^\uFEFF/, ''));
  return {
    name: release.get('NAME') ?? nameless.name,
    majorVersion: release.get('VERSION_ID') ?? '',
    minorVersion: '',
  };
}
