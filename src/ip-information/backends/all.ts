import type { System } from '../../message/dialect.ts';
import type { ScriptSettings } from '../injection-settings.ts';
import type { BackEnd } from '../plan.ts';
import { dhcpcd } from './dhcpcd/dhcpcd.ts';
import { freebsd } from './freebsd/freebsd.ts';
import { ifcfg } from './ifcfg/ifcfg.ts';
import { ifupdown } from './ifupdown/ifupdown.ts';
import { netplan } from './netplan/netplan.ts';
import { networkManager } from './network-manager.ts';
import { networkd } from './networkd/networkd.ts';
import { script } from './script.ts';
import { wicked } from './wicked/wicked.ts';

/** Those of a system: first those that report what they have on the running system; netplan before the two that it configures. */
export function backEndsOf(system: System, settings: ScriptSettings): readonly BackEnd[] {
  switch (system) {
    case 'linux':
      return [ifupdown, netplan, networkManager, networkd, dhcpcd, ifcfg, wicked, script(settings)];
    case 'freebsd':
      return [freebsd];
  }
}
