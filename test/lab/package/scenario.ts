/**
 * `installed`: Hyper-V's guest, booted with the package. `stock`: one with hyperv-daemons, which gets the package while it runs.
 * `elsewhere`: a machine with the package that is not Hyper-V's.
 */
export type Scenario = 'installed' | 'stock' | 'elsewhere';

export const scenarios: readonly Scenario[] = ['installed', 'stock', 'elsewhere'];
