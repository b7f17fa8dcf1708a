import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withoutZig, zigEnvironment } from '../../../scripts/python-packages.mjs';
import { needs } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const longEnough = 300_000;
/** All the others, too, are compiled by the suite `native`, which takes minutes on a machine that is busy. */
const ownSources = [
  ...readdirSync(join(root, 'native/freebsd'))
    .filter((name) => name.endsWith('.cc'))
    .map((name) => `native/freebsd/${name}`),
  'test/unit/native/freebsd-layout.cc',
];

function check(...files: readonly string[]) {
  needs({ isMet: () => zigEnvironment() !== undefined, otherwise: withoutZig });
  const words = [join(root, 'scripts/check-native.mjs'), '--freebsd', ...files];
  return spawnSync(process.execPath, words, { encoding: 'utf8' });
}

/** Targets by name, with their sources, of a gyp file as node-gyp's own gyp reads it for a system. */
function targets(system: string): Record<string, { sources: string[]; folders: string[] }> {
  // Node's own settings for addons, of which only the kind of target matters here.
  const settings = join(temporaryFolder(), 'settings.gypi');
  writeFileSync(settings, "{'target_defaults': {'type': 'loadable_module'}}");
  const readGyp = `
import json, sys, types
sys.path.insert(0, 'node_modules/node-gyp/gyp/pylib')
import gyp
system, settings = sys.argv[1:]
options = types.SimpleNamespace(generator_output=None, toplevel_dir='.', parallel=False)
*_, data = gyp.Load(['binding.gyp'], 'gypd', {'OS': system}, [settings], '.', {'options': options, 'parallel': False, 'root_targets': None})
targets = data['binding.gyp']['targets']
print(json.dumps({target['target_name']: {'sources': target['sources'], 'folders': target['configurations']['Default']['include_dirs']} for target in targets}))
`;
  const { stdout, stderr } = spawnSync('python3', ['-c', readGyp, system, settings], { cwd: root, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, { sources: string[]; folders: string[] }>; // as printed above
}

describe('the native code for FreeBSD', () => {
  it(
    'compiles without a warning against FreeBSD’s own headers, as far as it is FreeBSD’s alone',
    () => {
      expect(check(...ownSources)).toMatchObject({ status: 0, stdout: `${ownSources.length} passed, 0 failed\n` });
    },
    longEnough,
  );

  it.each([
    ['a mode wider than 16 bits', '#include <sys/stat.h>\nmode_t Narrow(int mode) { return mode; }\n'],
    ['a lock of a descriptor', '#include <fcntl.h>\nint kLock = F_OFD_SETLK;\n'],
    [
      'a count of 64 bits for poll',
      '#include <poll.h>\nint Wait(pollfd* w, unsigned long n) { return poll(w, n, 0); }\n',
    ],
    ['a header of Linux', '#include <sys/epoll.h>\n'],
  ])('would not compile with %s', { timeout: longEnough }, (_what, text) => {
    const file = join(temporaryFolder(), 'bad.cc');
    writeFileSync(file, text);
    expect(check(file)).toMatchObject({ status: 1, stdout: expect.stringContaining('0 passed, 1 failed') as string });
  });

  it.each(['freebsd', 'linux'])('is chosen by binding.gyp on %s', (system) => {
    const { sources, folders } = targets(system)['hv_kvp'] ?? { sources: [], folders: [] };
    const own = sources.filter((path) => /^native\/\w+\//.test(path));
    const all = readdirSync(join(root, 'native', system)).filter((name) => name.endsWith('.cc'));
    expect(own.sort()).toEqual(all.map((name) => `native/${system}/${name}`).sort());
    expect(folders).toEqual(['native', `native/${system}`]);
    expect(sources).toContain('native/system_calls.cc');
  });

  it('has no #if: what differs is in files of the same names', () => {
    const files = ['native', 'native/linux', 'native/freebsd'].flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => /\.(cc|h)$/.test(name))
        .map((name) => join(root, folder, name)),
    );
    const conditions = files.flatMap(
      (file) => readFileSync(file, 'utf8').match(/^ *#\s*(?:if|ifdef|elif)\b.*$/gm) ?? [],
    );
    expect(conditions).toEqual([
      // The processor's, not the system's.
      '#if defined(__x86_64__) || defined(__i386__)',
      '#ifdef HYPERV_KVP_HAS_CPUID',
      // The C library's, not the system's.
      '#ifdef M_TRIM_THRESHOLD',
      // Linux's own check of our message, where the kernel's header is there.
      '#if __has_include(<linux/hyperv.h>)',
    ]);
    const headers = (system: string) =>
      readdirSync(join(root, 'native', system)).filter((name) => name !== 'kernel_layout.cc');
    expect(headers('linux')).toEqual(headers('freebsd'));
  });
});
