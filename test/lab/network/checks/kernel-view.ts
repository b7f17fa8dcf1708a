import type { Environment } from '../environment/environment.ts';

/** What the kernel says of eth0, sorted; without link-local addresses, which nobody asked for. */
export interface KernelView {
  /** With their prefix lengths. */
  readonly addresses: readonly string[];
  /** Of the default routes. */
  readonly gateways: readonly string[];
}

/** The part of the output of `ip -j` that matters here. */
interface Link {
  readonly addr_info?: readonly {
    readonly local: string;
    readonly prefixlen: number;
    readonly scope: string;
  }[];
}
interface Route {
  readonly gateway?: string;
  readonly nexthops?: readonly { readonly gateway: string }[];
}

export async function kernelView(environment: Environment): Promise<KernelView> {
  const questions = ['address show dev eth0', '-4 route show default dev eth0', '-6 route show default dev eth0'];
  const output = await environment.shell(questions.map((question) => `ip -json ${question}; echo`).join('; '));
  return parse(output);
}

function parse(output: string): KernelView {
  const [links, ...routes] = output.split('\n').filter((line) => line.startsWith('['));
  // What `ip` prints.
  const [link] = JSON.parse(links ?? '[]') as readonly Link[];
  const addresses = (link?.addr_info ?? [])
    .filter(({ scope }) => scope === 'global')
    .map(({ local, prefixlen }) => `${local}/${prefixlen}`);
  const gateways = routes
    .flatMap((line) => JSON.parse(line) as readonly Route[])
    .flatMap(({ gateway, nexthops = [] }) => [gateway ?? [], nexthops.map((hop) => hop.gateway)].flat());
  return { addresses: addresses.sort(), gateways: [...new Set(gateways)].sort() };
}
