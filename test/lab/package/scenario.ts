/**
 * `installed`: Hyper-V's guest, booted with the package. `bad-days`: the same, when things go wrong around it. `stock`: one with
 * hyperv-daemons, which gets the package while it runs. `elsewhere`: a machine with the package that is not Hyper-V's. `selinux`,
 * `apparmor`: what `installed` is, confined by that. `rpm`: one whose packages are RPM's. `extension`:
 * one that gets the extension image, which makes its /usr read-only.
 */
export type Scenario = (typeof scenarios)[number];

export const scenarios = [
  'installed',
  'bad-days',
  'stock',
  'elsewhere',
  'selinux',
  'apparmor',
  'rpm',
  'extension',
] as const;

/** What confines the programs of a guest: packages of Debian's, words for the kernel. */
export interface Confinement {
  readonly packages: readonly string[];
  readonly parameters: readonly string[];
}

/** No more than ten lines in five seconds would come of a denial else. */
const everyDenial = 'sysctl.kernel.printk_ratelimit=0';

/** Of the scenarios that have one. The kernel has both, and starts one. */
export const confinements: Readonly<Partial<Record<Scenario, Confinement>>> = {
  selinux: {
    packages: [
      ...['selinux-policy-default', 'selinux-utils', 'policycoreutils'],
      ...['ifupdown', 'network-manager', 'netplan.io'],
    ],
    // Debian's policy lets a unit of systemd's fail.
    parameters: ['security=selinux', 'enforcing=1', 'systemd.mask=systemd-udev-load-credentials.service', everyDenial],
  },
  apparmor: { packages: ['apparmor', 'ifupdown'], parameters: ['security=apparmor', everyDenial] },
};
