import assert from 'node:assert/strict';
import type { Check } from './check.ts';
import { apply, assertHas, eventuallyHas } from './expectations.ts';
import { kernelView } from './kernel-view.ts';
import type { Lab } from './lab.ts';
import { type Wish, wishes } from './wish.ts';

/** The first begins with DHCP, as the stack is set up. */
export function configurations(): readonly Check[] {
  return [
    ['GET_IP_INFO answers what DHCP has given', (lab) => eventuallyHas(lab, wishes.leased)],
    ['a static IPv4 address in place of DHCP', (lab) => applied(lab, wishes.staticIpv4)],
    ['a static IPv6 address in place of an IPv4 one', (lab) => applied(lab, wishes.staticIpv6)],
    ['two addresses of each family', (lab) => applied(lab, wishes.twoOfEach)],
    ['a gateway and two DNS servers', (lab) => applied(lab, wishes.nameServers)],
    [
      'the same request again changes nothing',
      async (lab) => {
        await apply(lab, wishes.nameServers);
        const before = await traces(lab);
        await apply(lab, wishes.nameServers);
        assert.deepEqual(await traces(lab), before);
      },
    ],
    [
      'static addresses outlive a restart of the manager',
      (lab) => outlives(lab, wishes.nameServers, () => lab.restartManager()),
    ],
    ['static addresses outlive a reboot', (lab) => outlives(lab, wishes.twoOfEach, () => lab.rebootManager())],
    ['DHCP again in place of static addresses', (lab) => applied(lab, wishes.dhcp)],
    ['DHCP outlives a restart of the manager', (lab) => outlives(lab, wishes.dhcp, () => lab.restartManager())],
    ['DHCP outlives a reboot', (lab) => outlives(lab, wishes.dhcp, () => lab.rebootManager())],
  ];
}

async function applied(lab: Lab, wish: Wish): Promise<void> {
  await apply(lab, wish);
  await assertHas(lab, wish);
}

async function outlives(lab: Lab, wish: Wish, event: () => Promise<void>): Promise<void> {
  await apply(lab, wish);
  await event();
  await eventuallyHas(lab, wish);
}

const readingCall = /^\S+ .*(\bshow\b|\bstatus\b|\blist\b|--version).*\n/gm;

/** Whatever a change would leave: files of /etc, calls of the manager's commands that do more than show, addresses. */
async function traces(lab: Lab): Promise<unknown> {
  const files = await lab.environment.shell("find /etc -type f -printf '%p %m %i %T@\\n' | sort");
  return { files, calls: (await lab.calls()).replaceAll(readingCall, ''), view: await kernelView(lab.environment) };
}
