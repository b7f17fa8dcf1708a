import type { Check } from './check.ts';
import { ok, problem } from './finding.ts';

/** Whether the kernel can talk to the host. */
export const driver: Check = {
  name: 'driver',
  needs: ['hypervisor'],
  async examine({ hyperV }) {
    const { hasVmbus, utilities, load } = await hyperV.readDriver();
    const remedy = `${load}; if there is no such module, install the full set of this kernel’s`;
    if (!hasVmbus) return problem('the kernel has no driver for VMBus', remedy);
    if (utilities === 'missing') return problem('the driver of the utilities (hv_utils) is not loaded', remedy);
    return ok(`hv_utils is ${utilities}`);
  },
};

/** Whether the host has "Data Exchange" switched on. */
export const dataExchange: Check = {
  name: 'data-exchange',
  needs: ['hypervisor', 'driver'],
  async examine({ hyperV }) {
    if (await hyperV.readOffer()) return ok('the host offers it');
    return problem(
      'the host does not offer it to this machine',
      'on the host, in PowerShell: Enable-VMIntegrationService -VMName … -Name "Key-Value Pair Exchange"; ' +
        'in Hyper-V Manager: Settings, Integration Services, Data Exchange',
    );
  },
};
