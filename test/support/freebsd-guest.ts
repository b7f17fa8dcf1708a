import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { IpValue } from '../../src/message/ip-value.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { DaemonProcess, daemonProgram } from './daemon-process.ts';
import { namespaces, needs } from './needs.ts';
import type { ServedHost } from './served-host.ts';
import { temporaryFolder } from './temporary-folder.ts';

const folder = join(import.meta.dirname, '../programs/daemon/freebsd');
const twin = join(import.meta.dirname, '../unit/native/twin/preload.cjs');

export const guid = 'f8b3781b-1e82-4818-a1c3-63d806ec15bb';
export const mac = '00:15:5D:01:02:0A';

/** What the host wants of the adapter, in place of what it has. */
export const wish: IpValue = {
  adapterId: guid,
  addressFamily: 1,
  dhcpEnabled: false,
  addresses: '10.0.0.9',
  subnets: '255.255.255.0',
  gateways: '10.0.0.254',
  dnsServers: '10.0.0.53',
};

export interface FreebsdGuest extends ServedHost {
  readonly configurationPath: string;
  /** The state directory. */
  readonly state: string;
}

/**
 * A host whose guest is a look-alike of FreeBSD, in namespaces of its own: the built daemon on the twin of the device, an
 * adapter hn0 with 10.0.0.4 by DHCP unless an rc.conf of the test's says otherwise, and FreeBSD's programs, some of which a test may replace
 * by scripts. `program` is what Node runs: options, and the daemon. Needs root.
 */
export async function freebsdGuest(
  scripts: Readonly<Record<string, string>> = {},
  configuration = '',
  rcConf?: string,
  program: readonly string[] = [daemonProgram],
): Promise<FreebsdGuest> {
  needs(namespaces);
  const own = temporaryFolder();
  const [device, pools, programs] = ['device', 'pools', 'programs'].map((name) => join(own, name)) as [
    string,
    string,
    string,
  ]; // of the three names
  cpSync(join(folder, 'programs'), programs, { recursive: true });
  for (const [name, script] of Object.entries(scripts)) {
    // A test's may call the one in whose place it is.
    if (existsSync(join(programs, name))) renameSync(join(programs, name), join(programs, `real-${name}`));
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  if (rcConf !== undefined) writeFileSync(join(programs, 'rc.conf'), rcConf);
  writeFileSync(join(own, 'configuration'), configuration);
  const simulator = startSimulator({ system: 'freebsd', path: device, interfaceNames: new Map([[guid, 'hn0']]) });
  const start = (): DaemonProcess => startDaemon(own, device, ['--pool-dir', pools], programs, program);
  // For a daemon that is not root.
  chmodSync(own, 0o755);
  const daemon = start();
  endsWith(simulator);
  await daemon.living(simulator.host.negotiate());
  await daemon.living(simulator.daemonConnected());
  const configurationPath = join(own, 'configuration');
  return {
    host: simulator.host,
    simulator,
    daemon,
    pools,
    restart: start,
    configurationPath,
    state: join(own, 'state'),
  };
}

let starts = 0;

function startDaemon(
  own: string,
  device: string,
  words: readonly string[],
  programs: string,
  program: readonly string[],
): DaemonProcess {
  starts += 1;
  const memory = join(own, `memory-${starts}`);
  mkdirSync(memory);
  return new DaemonProcess(
    [
      '--platform',
      'freebsd',
      '--device',
      device,
      '--state-dir',
      join(own, 'state'),
      '--config',
      join(own, 'configuration'),
      ...words,
    ],
    {},
    [
      'unshare',
      '--net',
      '--mount',
      join(folder, 'guest'),
      memory,
      programs,
      process.execPath,
      '--require',
      twin,
      ...program,
    ],
  );
}

/** No rule was broken, and every request was answered in time. */
function endsWith(simulator: Simulator): void {
  onTestFinished(() => {
    simulator.close();
    expect(simulator.violations).toEqual([]);
    expect(simulator.lateReplies).toBe(0);
  });
}
