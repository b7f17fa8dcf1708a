import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'vitest';
import type { System } from '../../../../src/message/dialect.ts';
import { encodeRecord } from '../../../../src/pools/record.ts';
import { bootTime, type Changes } from './support/guest.ts';
import { outcomes } from './support/outcomes.ts';

const toPool = (pool: number, change: (path: string) => void): Changes => ({
  prepare: (pools) => {
    change(join(pools, `.kvp_pool_${pool}`));
  },
});

describe.each<System>(['linux', 'freebsd'])('the pools on %s', (system) => {
  outcomes('pool-files', system, [
    ['whole', {}, 'ok', 'all five in .* are intact'],
    ['one missing', toPool(1, rmSync), 'problem', 'guest is missing'],
    [
      'all missing',
      {
        prepare: (pools) => {
          rmSync(pools, { recursive: true });
        },
      },
      'problem',
      'no pool files in',
    ],
    [
      'a folder',
      toPool(0, (path) => {
        rmSync(path);
        mkdirSync(path);
      }),
      'problem',
      'external: it is not a regular file',
    ],
    [
      'a link',
      toPool(0, (path) => {
        rmSync(path);
        symlinkSync('/etc/passwd', path);
      }),
      'problem',
      'external: it is a symbolic link',
    ],
    [
      'a tail',
      toPool(3, (path) => {
        writeFileSync(path, 'x'.repeat(100));
      }),
      'advice',
      'auto-?[eE]xternal has 100 bytes at its end',
    ],
  ]);
  outcomes('pool-modes', system, [
    ['private', {}, 'ok', 'private enough'],
    [
      'readable',
      toPool(0, (path) => {
        chmodSync(path, 0o644);
      }),
      'advice',
      'every user may read external',
    ],
    [
      'readable, without secrets',
      toPool(3, (path) => {
        chmodSync(path, 0o644);
      }),
      'ok',
      'private enough',
    ],
    [
      'writable',
      toPool(3, (path) => {
        chmodSync(path, 0o602);
      }),
      'problem',
      'every user may write to auto-?[eE]xternal',
    ],
  ]);
  const write = (...records: readonly (readonly [key: string, value: string])[]): Changes =>
    toPool(1, (path) => {
      writeFileSync(
        path,
        Buffer.concat(records.map(([key, value]) => encodeRecord(Buffer.from(key), Buffer.from(value)))),
      );
    });
  const mood = write(['Mood', 'fine 👋']);
  outcomes('pool-contents', system, [
    ['fine', write(['Mood', 'fine']), 'ok', 'can read all of it'],
    [
      'beyond the BMP',
      mood,
      system === 'linux' ? 'ok' : 'advice',
      system === 'linux' ? 'all' : 'guest has 1 record that',
    ],
    [
      'duplicates',
      write(['Mood', '1'], ['Mood', '2']),
      'advice',
      'guest has 1 record with the key of an earlier record',
    ],
    ['case', write(['Mood', '1'], ['mood', '2']), 'advice', 'guest has 1 key differing from another only in case'],
    ['control characters', write(['Mood', '\u0007']), 'advice', 'guest has 1 record with a control character'],
  ]);
  const before = new Date(bootTime.getTime() - 1000);
  outcomes('pool-age', system, [
    ['of this run', {}, 'ok', 'from this start'],
    [
      'of an earlier one',
      toPool(3, (path) => {
        utimesSync(path, before, before);
      }),
      'advice',
      '2026-03-01T05:59:59',
    ],
    [
      'empty',
      toPool(3, (path) => {
        writeFileSync(path, '');
        utimesSync(path, before, before);
      }),
      'ok',
      'nothing in it',
    ],
  ]);
});

const onlyInterfaces = (interfaces: Changes['interfaces']): Changes => ({ interfaces: { ...interfaces } });

describe.each<System>(['linux', 'freebsd'])('the addresses on %s', (system) => {
  const own = system === 'linux' ? 'eth0' : 'hn0';
  const bridge = system === 'linux' ? 'docker0' : 'bridge0';
  outcomes('addresses', system, [
    ['a usable one', {}, 'ok', 'reported to the host: 10.0.0.4'],
    [
      'a usable one among others',
      onlyInterfaces({ [bridge]: ['172.17.0.1/16'], [own]: ['169.254.7.7/16', '10.0.0.4/24'] }),
      'ok',
      'host: 10.0.0.4, ',
    ],
    ['none', onlyInterfaces({ lo: ['127.0.0.1/8'] }), 'problem', 'no address'],
    ['link-local', onlyInterfaces({ [own]: ['169.254.7.7/16', 'fe80::7/64'] }), 'problem', 'only a link-local address'],
    [
      'a container bridge’s',
      onlyInterfaces({ [bridge]: ['172.17.0.1/16'] }),
      'problem',
      'only addresses of container bridges and VPNs',
    ],
    ['IPv6', onlyInterfaces({ [own]: ['2001:db8::4/64'] }), 'advice', 'no IPv4 address, only 2001:db8::4'],
    ['a link-local one of IPv6', onlyInterfaces({ [own]: ['fe80::4/64'] }), 'problem', 'no address'],
  ]);
});

const inject = (policy: object, rest: object = {}): Changes => ({
  settings: (settings) => {
    const { injection } = settings;
    return { ...settings, injection: { ...injection, ...rest, policy: { ...injection.policy, ...policy } } };
  },
});

describe('ip-injection', () => {
  outcomes('ip-injection', 'linux', [
    ['possible', {}, 'ok', 'eth0 by networkd'],
    ['off', inject({ mode: 'off' }), 'ok', 'disabled'],
    ['dry', inject({ mode: 'dry-run' }), 'ok', 'eth0 by networkd; dry-run: nothing is changed'],
    ['no adapter', { without: ['/sys/class/net/eth0/device'] }, 'advice', 'no adapter that the host may change'],
    ['denied', inject({ deniedInterfaces: ['eth0'] }), 'advice', 'no adapter that the host may change'],
    ['another adapter named', inject({ interfaces: ['eth1'] }), 'advice', 'no adapter that the host may change'],
    ['no network manager', { without: ['/run'] }, 'advice', 'no supported network manager has eth0'],
    ['no tools', { without: ['/usr'] }, 'problem', 'eth0, by networkd: networkctl not found'],
    ['no script', inject({}, { backEnd: 'script', script: '/no/script' }), 'problem', '/no/script not found'],
  ]);
  outcomes('ip-injection', 'freebsd', [
    ['possible', {}, 'ok', 'hn0 by freebsd; hn1 by freebsd'],
    ['off', inject({ mode: 'off' }), 'ok', 'disabled'],
    ['no tools', { without: ['/usr'] }, 'problem', 'hn0, by freebsd: .*service.* not found'],
  ]);
});
