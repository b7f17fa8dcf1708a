import type { Service } from '../../platform/hyper-v.ts';
import type { Check } from './check.ts';
import { type Finding, ok, problem, unknown } from './finding.ts';

/** Whether a daemon will be there after the next start. */
export const service: Check = {
  name: 'service',
  needs: ['hypervisor'],
  async examine({ hyperV }) {
    const services = await hyperV.readServices();
    if (services === undefined) {
      return unknown('no supported service manager', 'make sure that a daemon is started at boot');
    }
    const [first] = services;
    if (first === undefined) return problem('nothing starts a daemon with the system', 'install a service for it');
    const enabled = services.filter(({ isEnabled }) => isEnabled);
    const managed = enabled.filter(({ state }) => state !== 'unknown');
    const [one, other] = managed.length > 0 ? managed : enabled;
    if (one === undefined) return problem(`${first.name} is not enabled`, first.enable);
    if (other !== undefined && managed.length > 0) return rivals(one, other);
    return describe(one);
  },
};

function rivals(one: Service, other: Service): Finding {
  const [wanted, surplus] = one.state === 'active' ? [one, other] : [other, one];
  return problem(
    `${wanted.name} and ${surplus.name} are both enabled; the device takes one daemon at a time`,
    `keep one: ${surplus.disable}`,
  );
}

function describe({ name, state, enable, log }: Service): Finding {
  switch (state) {
    case 'active':
      return ok(`${name} is enabled and runs`);
    case 'unknown':
      return ok(`${name} starts it when the device appears`);
    case 'failed':
      return problem(`${name} has failed`, `see why: ${log}`);
    case 'inactive':
      return problem(`${name} is enabled, but does not run`, `${enable}; if that does not help: ${log}`);
  }
}
