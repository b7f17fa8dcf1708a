import { ask } from '../ask.ts';
import type { Kernel, Machine } from '../machine.ts';
import type { Distribution } from '../platform.ts';

/** The kernel stays the same as long as we run, and to ask for it takes a command. */
const kernels = new WeakMap<Machine, Promise<Kernel>>();

/**
 * The running kernel as sysctl(8) prints it: what uname(3) says to a Node for Linux, under emulation, is another's.
 * Without sysctl(8), in a jail, uname(3) it is.
 */
export function readKernel(machine: Machine): Promise<Kernel> {
  const kernel = kernels.get(machine) ?? askKernel(machine);
  kernels.set(machine, kernel);
  return kernel;
}

async function askKernel(machine: Machine): Promise<Kernel> {
  const { output } = await ask(machine, 'sysctl', ['-n', 'kern.ostype', 'kern.osrelease', 'hw.machine']);
  const [name = '', release = '', processor = '', ...others] = output.trim().split('\n');
  return processor !== '' && others.length === 0 ? { name, release, processor } : machine.kernel();
}

/** FreeBSD is kernel and distribution in one: "14.1-RELEASE-p3" is its version 14.1. */
export async function readDistribution(machine: Machine): Promise<Distribution> {
  const { name, release } = await readKernel(machine);
  const [, majorVersion = '', minorVersion = ''] = /^(\d+)(?:\.(\d+))?/.exec(release) ?? [];
  return { name, majorVersion, minorVersion };
}
