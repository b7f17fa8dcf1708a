import type { Hypervisor } from '../hyper-v.ts';
import { listFolder, type Machine, readText } from '../machine.ts';

const firmware = '/sys/class/dmi/id';
const hyperVModel = 'Microsoft Corporation Virtual Machine';
const hyperVVendor = 'Microsoft Hv';

/**
 * By the bus, the firmware's tables and CPUID. CPUID alone is no proof: KVM and Xen call themselves Hyper-V there, so that Windows
 * runs better in their guests.
 */
export async function readHypervisor(machine: Machine): Promise<Hypervisor> {
  const vendor = await machine.hypervisorVendor();
  const model = ['sys_vendor', 'product_name']
    .map((name) => readText(machine, `${firmware}/${name}`)?.trim() ?? '')
    .join(' ')
    .trim();
  if (model === hyperVModel) return { isHyperV: true, evidence: model };
  if (listFolder(machine, '/sys/bus/vmbus/devices').length > 0) return { isHyperV: true, evidence: 'it has a VMBus' };
  const other = readText(machine, '/sys/hypervisor/type')?.trim() ?? model;
  if (vendor === hyperVVendor) {
    return other === ''
      ? { isHyperV: true, evidence: `CPUID says "${vendor}"` }
      : { isHyperV: false, evidence: `${other} imitates Hyper-V, without a VMBus` };
  }
  if (vendor === '') return { isHyperV: false, evidence: `no hypervisor${inWords(model)}` };
  if (vendor !== undefined) return { isHyperV: false, evidence: `CPUID says "${vendor}"${inWords(other)}` };
  return { isHyperV: other === '' ? undefined : false, evidence: other };
}

function inWords(model: string): string {
  return model === '' ? '' : `, ${model}`;
}
