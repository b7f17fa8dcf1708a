import { busybox, ifupdownNg } from './alpine.ts';
import { ifupdown } from './ifupdown.ts';
import { netplan } from './netplan.ts';
import { networkManager } from './network-manager.ts';
import { networkd } from './networkd.ts';
import { siteScript } from './script.ts';
import type { Stack } from './stack.ts';

/** By the word for them in a scenario, "manager". */
export const stacks: Readonly<Record<string, Stack>> = {
  'network-manager': networkManager,
  networkd,
  netplan,
  ifupdown,
  busybox,
  'ifupdown-ng': ifupdownNg,
  script: siteScript,
};

export function stackOf(manager: string): Stack {
  const stack = stacks[manager];
  if (stack === undefined) throw new Error(`no manager ${manager}`);
  return stack;
}
