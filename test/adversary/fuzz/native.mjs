// npm run suite -- fuzz-native [--seconds N]: libFuzzer, with AddressSanitizer and UndefinedBehaviorSanitizer, on the C++ that
// does more than hand on a system call. What crashes it is kept in build/fuzz.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from '../../../scripts/debian-packages.mjs';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const output = join(checkout, 'build/fuzz');
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });

/** By the name of the source, with the parts of the addon that are linked to it. */
const fuzzers = { channel_fuzzer: ['native/message_channel.cc', 'native/packet_socket.cc'], address_fuzzer: [] };

haveClang();
mkdirSync(output, { recursive: true });
const failed = Object.entries(fuzzers).filter(([name, sources]) => !passes(name, sources));
console.log(`${Object.keys(fuzzers).length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @param {string} name @param {readonly string[]} sources */
function passes(name, sources) {
  const program = join(output, name);
  const corpus = join(output, `${name}.corpus`);
  mkdirSync(corpus, { recursive: true });
  const words = [
    ...['-std=c++17', '-g', '-O1', '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all'],
    ...['-Wall', '-Wextra', '-Wconversion', '-Wshadow', '-Werror', '-Inative', '-Inative/linux'],
    ...[`test/adversary/fuzz/native/${name}.cc`, ...sources, '-o', program],
  ];
  if (run('clang++', words) !== 0) return false;
  const limits = [`-max_total_time=${values.seconds}`, '-print_final_stats=1', '-verbosity=0'];
  return run(program, [corpus, ...limits, `-artifact_prefix=${join(output, `${name}-`)}`]) === 0;
}

/** @param {string} program @param {string[]} words */
function run(program, words) {
  return spawnSync(program, words, { cwd: checkout, stdio: 'inherit' }).status;
}

/** Clang and its run-time libraries, as Debian has them. */
function haveClang() {
  const probe = '-fsanitize=fuzzer,address,undefined';
  const source = 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }';
  const compiles = () =>
    spawnSync('clang++', [probe, '-x', 'c++', '-', '-o', '/dev/null'], { input: source }).status === 0;
  if (compiles()) return;
  install({ 'clang++': 'clang' });
  const version = /version (\d+)/.exec(spawnSync('clang++', ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? '';
  if (!compiles()) install({ [`libclang_rt of clang ${version}`]: `libclang-rt-${version}-dev` });
  if (!compiles()) throw new Error('clang has no libFuzzer');
}
