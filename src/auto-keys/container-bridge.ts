const prefixes = [
  ...['docker', 'br-', 'virbr', 'lxc', 'lxdbr', 'incusbr', 'podman', 'cni', 'vboxnet', 'vmnet'],
  ...['veth', 'vnet', 'tap', 'epair', 'bridge', 'cali', 'flannel', 'cilium', 'weave', 'kube-', 'nerdctl'],
];

/** Whether an interface, to judge by its name, leads to containers or nested guests: no peer outside can reach its address. */
export function isContainerBridge(name: string): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}
