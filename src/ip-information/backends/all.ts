import type { System } from '../../message/dialect.ts';
import type { ScriptSettings } from '../injection-settings.ts';
import type { BackEnd } from '../plan.ts';
import { freebsd } from './freebsd.ts';
import { ifcfg } from './ifcfg.ts';
import { ifupdown } from './ifupdown.ts';
import { netplan } from './netplan.ts';
import { networkManager } from './network-manager.ts';
import { networkd } from './networkd.ts';
import { script } from './script.ts';

/** Those of a system, in the order in which cloud-init looks for them. */
export function backEndsOf(system: System, settings: ScriptSettings): readonly BackEnd[] {
  switch (system) {
    case 'linux':
      return [ifupdown, ifcfg, netplan, networkManager, networkd, script(settings)];
    case 'freebsd':
      return [freebsd];
  }
}
