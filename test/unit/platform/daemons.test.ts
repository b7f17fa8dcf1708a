import { describe, expect, it } from 'vitest';
import { hyperV } from '../../../src/platform/hyper-v.ts';
import { fakeMachine } from './fake-machine.ts';

const own = ['/usr/bin/node', '/usr/lib/node_modules/hyperv-kvp/dist/bin/hv_kvp_daemon.js', '--pool-dir', '/pools'];
const launched = ['/usr/sbin/hv_kvp_daemon', '--openssl-config=/dev/null', own[1] ?? '', '-n'];
const found = [
  { pid: 4, uid: 0, name: 'my-kvp', words: ['/opt/my-kvp', ...launched.slice(1)] },
  { pid: 5, uid: 500, name: 'MainThread', words: launched },
  { pid: 7, uid: 700, name: 'hv_kvp_daemon', words: own },
  { pid: 8, uid: 800, name: 'node', words: own },
  { pid: 9, uid: 900, name: 'hypervkvpd', words: ['/usr/sbin/hypervkvpd', '-n'] },
  // NixOS's.
  { pid: 90, uid: 0, name: '.hv_kvp_daemon-', words: ['/nix/store/x-hyperv-daemons-bin-6.12/bin/hv_kvp_daemon', '-n'] },
];
// The first has ended, and its parent has not asked for its status yet.
const others = [
  { pid: 6, uid: 600, name: 'hv_kvp_daemon', words: [''] },
  { pid: 10, uid: 1000, name: 'vi', words: ['vi', 'hv_kvp_daemon.js'] },
  { pid: 11, uid: 1100, name: 'hv_kvp_daemond', words: ['/usr/sbin/hv_kvp_daemond'] },
];

describe('the daemons that run, by name and command line', () => {
  it('are found on Linux in /proc', async () => {
    const files = [...found, ...others].flatMap(({ pid, uid, name, words }) => [
      // The real user of a program with the set-uid bit is another.
      [`/proc/${pid}/status`, `Name:\t${name}\nUid:\t1000\t${uid}\t${uid}\t${uid}\n`],
      [`/proc/${pid}/comm`, `${name}\n`],
      [`/proc/${pid}/cmdline`, `${words.join('\0')}\0`],
    ]);
    const machine = fakeMachine({ files: Object.fromEntries(files) as Record<string, string> });
    const daemons = await hyperV('linux', machine).readDaemons();
    expect(daemons.toSorted((one, other) => one.pid - other.pid)).toEqual(found);
  });

  it('are found on FreeBSD by ps', async () => {
    const lines = [...found, ...others]
      .filter(({ pid }) => pid !== 6)
      .map(({ pid, uid, name, words }) => `  ${pid} ${uid} ${name}    ${words.join(' ')}\n`);
    const machine = fakeMachine({ commands: { 'ps -axww -o pid= -o uid= -o ucomm= -o command=': lines.join('') } });
    expect(await hyperV('freebsd', machine).readDaemons()).toEqual(found);
  });
});
