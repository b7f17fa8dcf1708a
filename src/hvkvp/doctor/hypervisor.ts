import type { Check } from './check.ts';
import { ok, problem, unknown } from './finding.ts';

/** Whether there is a host to talk to at all. */
export const hypervisor: Check = {
  name: 'hypervisor',
  needs: [],
  async examine({ hyperV }) {
    const { isHyperV, evidence } = await hyperV.readHypervisor();
    switch (isHyperV) {
      case true:
        return ok(`this is Hyper-V: ${evidence}`);
      case false:
        return problem(`not on Hyper-V: ${evidence}`, 'nothing to do: only Hyper-V and Azure exchange key-value pairs');
      case undefined:
        return unknown('cannot tell what this machine runs on');
    }
  },
};
