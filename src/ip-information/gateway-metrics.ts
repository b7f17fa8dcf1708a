import type { IpFamily } from '../platform/adapter.ts';

/** Between the gateways of a request: the first is to be preferred, and equal routes would replace one another. */
export const metricStep = 100;

/** The kernel's, where a route says nothing. */
export const defaultMetrics: Readonly<Record<IpFamily, number>> = { ipv4: 0, ipv6: 1024 };
