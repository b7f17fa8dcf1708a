import type { DefaultRoute, IpFamily } from '../../../platform/adapter.ts';
import { withoutScope } from '../../../platform/addresses.ts';
import { ofFamily } from '../../family.ts';
import { normalised } from '../../state.ts';
import type { Command } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import type { Values } from './interface-variables.ts';

/** The default routes that there are, of both families. */
export type Routes = Readonly<Record<IpFamily, readonly DefaultRoute[]>>;

const routerVariables: Readonly<Record<IpFamily, string>> = {
  ipv4: 'defaultrouter',
  ipv6: 'ipv6_defaultrouter',
};
const options: Readonly<Record<IpFamily, string>> = { ipv4: '-inet', ipv6: '-inet6' };
const staticRoutes: Readonly<Record<IpFamily, string>> = { ipv4: 'static_routes', ipv6: 'ipv6_static_routes' };

/** The router of a family as it is written, with the adapter where its address is of a link. */
export function routerOf(family: IpFamily, { adapter, gateways }: Proposal): string | undefined {
  return scoped(ofFamily(family, gateways)[0]?.address, adapter.name);
}

function scoped(address: string | undefined, adapter: string): string | undefined {
  return address?.startsWith('fe80:') === true ? `${address}%${adapter}` : address;
}

/** The variable of the family's router. There is one for the whole system: it goes if the adapter had it; another adapter's stays. */
export function routerVariable(
  family: IpFamily,
  proposal: Proposal,
  routes: Routes,
  values: Values,
): readonly (readonly [string, string | undefined])[] {
  const name = routerVariables[family];
  const router = routerOf(family, proposal);
  const former = values.get(name);
  if (router !== undefined) return former === router ? [] : [[name, router]];
  if (former === undefined) return [];
  const isOurs = routes[family].some(
    ({ adapter, gateway }) => adapter === proposal.adapter.name && gateway === normalised(withoutScope(former)),
  );
  return isOurs ? [[name, undefined]] : [];
}

/** Takes away the default routes that a family's new ones take the place of. */
export function removeRoutes(family: IpFamily, proposal: Proposal, routes: Routes): readonly Command[] {
  const isReplaced = routerOf(family, proposal) !== undefined;
  return routes[family]
    .filter(({ adapter }) => isReplaced || adapter === proposal.adapter.name)
    .map((route) => deleteRoute(family, route));
}

export function addRouter(family: IpFamily, router: string): Command {
  return { program: 'route', args: ['-n', 'add', options[family], 'default', router] };
}

/** It may have gone with the address that it belonged to. */
function deleteRoute(family: IpFamily, { adapter, gateway }: DefaultRoute): Command {
  const router = scoped(gateway, adapter);
  const args = ['-n', 'delete', options[family], 'default', ...(router === undefined ? [] : [router])];
  return { program: 'route', args, judgedBy: 'nothing' };
}

export function restoreRoutes(family: IpFamily, routes: readonly DefaultRoute[]): readonly Command[] {
  return routes.flatMap(({ adapter, gateway }) => {
    const router = scoped(gateway, adapter);
    return router === undefined ? [] : [{ ...addRouter(family, router), judgedBy: 'nothing' as const }];
  });
}

/** The static routes of rc.conf(5) once more: the kernel drops those whose way out was an address that goes. */
export function renewStaticRoutes(family: IpFamily, values: Values): readonly Command[] {
  const names = (values.get(staticRoutes[family]) ?? '').split(/\s+/).filter((name) => name !== '');
  return names.flatMap((name) => {
    const words = values.get(`${family === 'ipv6' ? 'ipv6_' : ''}route_${name.replace(/:.*/, '')}`);
    if (words === undefined) return [];
    const family6 = family === 'ipv6' ? ['-inet6'] : [];
    const args = ['-n', 'add', ...family6, ...words.split(/\s+/).filter((word) => word !== '')];
    return [{ program: 'route', args, judgedBy: 'nothing' as const }];
  });
}
