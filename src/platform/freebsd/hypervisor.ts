import type { Hypervisor } from '../hyper-v.ts';
import type { Machine } from '../machine.ts';

/** As the kernel has found out at its start, by CPUID and the firmware's tables. */
export async function readHypervisor(machine: Machine): Promise<Hypervisor> {
  const { status, output } = await machine.run('sysctl', ['-n', 'kern.vm_guest']);
  const guest = output.trim();
  if (status !== 0 || guest === '') return { isHyperV: undefined, evidence: '' };
  return { isHyperV: guest === 'hv', evidence: guest === 'none' ? 'no hypervisor' : `kern.vm_guest is "${guest}"` };
}
