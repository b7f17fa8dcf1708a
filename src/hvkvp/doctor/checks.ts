import { addresses } from './addresses.ts';
import type { Check } from './check.ts';
import { configuration } from './configuration.ts';
import { clock, registration, requests } from './contact.ts';
import { daemon, device } from './device.ts';
import { dataExchange, driver } from './driver.ts';
import { failures, folders } from './folders.ts';
import { hypervisor } from './hypervisor.ts';
import { ipInjection } from './ip-injection.ts';
import { poolAge, poolContents, poolFiles, poolModes } from './pool-files.ts';
import { service } from './service.ts';

/** From the host to what is reported to it: each rests upon those before it. */
export const checks: readonly Check[] = [
  hypervisor,
  configuration,
  driver,
  dataExchange,
  device,
  daemon,
  service,
  registration,
  requests,
  clock,
  failures,
  folders,
  poolFiles,
  poolModes,
  poolContents,
  poolAge,
  addresses,
  ipInjection,
];
