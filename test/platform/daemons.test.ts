import { describe, expect, it } from 'vitest';
import { hyperV } from '../../src/platform/hyper-v.ts';
import { fakeMachine } from './fake-machine.ts';

const own = ['/usr/bin/node', '/usr/lib/node_modules/hyperv-kvp/dist/bin/hv_kvp_daemon.js', '--pool-dir', '/pools'];
const found = [
  { pid: 7, name: 'hv_kvp_daemon', words: own },
  { pid: 8, name: 'node', words: own },
  { pid: 9, name: 'hypervkvpd', words: ['/usr/sbin/hypervkvpd', '-n'] },
];
// The first has ended, and its parent has not asked for its status yet.
const others = [
  { pid: 6, name: 'hv_kvp_daemon', words: [''] },
  { pid: 10, name: 'vi', words: ['vi', 'hv_kvp_daemon.js'] },
  { pid: 11, name: 'hv_kvp_daemond', words: ['/usr/sbin/hv_kvp_daemond'] },
];

describe('the daemons that run, by name and command line', () => {
  it('are found on Linux in /proc', async () => {
    const files = [...found, ...others].flatMap(({ pid, name, words }) => [
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
      .map(({ pid, name, words }) => `  ${pid} ${name}    ${words.join(' ')}\n`);
    const machine = fakeMachine({ commands: { 'ps -axww -o pid= -o ucomm= -o command=': lines.join('') } });
    expect(await hyperV('freebsd', machine).readDaemons()).toEqual(found);
  });
});
