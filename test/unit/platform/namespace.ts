import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import type { Machine } from '../../../src/platform/machine.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { fakeMachine } from './fake-machine.ts';

/** Copies what the readers of Linux look at, as the kernel shows it inside. Its argument is the folder. */
const copyOut = `
mount -t sysfs none /sys
for file in /proc/net/route /proc/net/ipv6_route /sys/class/net/*/address /sys/class/net/*/type /sys/class/net/*/ifindex; do
  mkdir -p "$1\${file%/*}"
  cat "$file" > "$1$file"
done
"$2" -e 'console.log(JSON.stringify(os.networkInterfaces()))' > "$1/interfaces.json"
`;

/** What the kernel shows of a network of its own that a shell script has set up; the machine's network is not touched. Needs root. */
export function namespaceMachine(script: string): Machine {
  needs(namespaces);
  const root = temporaryFolder();
  execFileSync('unshare', ['--net', '--mount', 'sh', '-ec', script + copyOut, 'sh', root, process.execPath]);
  // The inner Node prints os.networkInterfaces().
  const interfaces = JSON.parse(readFileSync(join(root, 'interfaces.json'), 'utf8')) as NodeJS.Dict<
    NetworkInterfaceInfo[]
  >;
  return { ...fakeMachine({}), root, networkInterfaces: () => interfaces };
}
