import {
  appendFileSync,
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Channel } from './channel.mjs';
import { peer } from './compile.mjs';
import { fill } from './fill.mjs';
import { daemonProgram, peers, stockPools } from './folders.mjs';
import { stockHere } from './private-machine.mjs';

/**
 * A program behind the driver. `countsReplies`: whether its replies count among the bytes that it has written.
 * @typedef {object} Program
 * @property {string} poolDirectory
 * @property {boolean} countsReplies
 * @property {(socket: string) => readonly string[]} words
 */

const v8AsUsual = fileURLToPath(new URL('v8-as-usual.cjs', import.meta.url));
const poolNumbers = [0, 1, 2, 3, 4];

/** Of every guest: what the host has set. */
export const guestPool = 1;

/** @param {string} folder @param {'memory' | 'disk'} durability @returns {Program} */
function ours(folder, durability) {
  const poolDirectory = join(folder, durability);
  const configuration = join(folder, `${durability}.toml`);
  return {
    poolDirectory,
    countsReplies: false,
    words: (socket) => {
      writeFileSync(configuration, `[pools]\ndurability = "${durability}"\n`);
      const folders = ['--pool-dir', poolDirectory, '--state-dir', join(poolDirectory, 'state')];
      return [...daemonProgram, '-n', '--config', configuration, '--device', socket, ...folders];
    },
  };
}

/** Nobody of this machine. */
const user = 61_234;

/**
 * Ours with the rights of a user, who has nothing but the pools' files; `launcher` gives them to it before it begins.
 * @param {string} folder @param {readonly string[]} launcher @returns {Program}
 */
function rootless(folder, launcher) {
  const program = ours(folder, 'memory');
  const { poolDirectory } = program;
  return {
    ...program,
    words: (socket) => {
      const words = program.words(socket);
      const privileges = `[privileges]\nuser = "${user}:${user}"\nhelper = "/nonexistent"\n`;
      appendFileSync(join(folder, 'memory.toml'), privileges);
      for (const pool of poolNumbers) {
        const file = join(poolDirectory, `.kvp_pool_${pool}`);
        closeSync(openSync(file, 'a'));
        chownSync(file, user, 0);
      }
      return [...launcher, ...words];
    },
  };
}

/** Ours on a copy of Node that no other process runs, since of what others run too the kernel takes no page. @returns {Program} */
function onOwnNode() {
  const program = ours(join(stockPools, 'own-node'), 'memory');
  const folder = join(peers, process.version);
  return {
    ...program,
    words: (socket) => {
      const node = join(folder, 'node');
      mkdirSync(folder, { recursive: true });
      if (!existsSync(node)) copyFileSync(process.execPath, node, constants.COPYFILE_FICLONE);
      return [`PATH=${folder}${delimiter}${process.env['PATH'] ?? ''}`, ...program.words(socket)];
    },
  };
}

/** Ours started by hand, with words for Node that its launcher would not take; the launcher's own are among them. @param {readonly string[]} options @returns {Program} */
function withNodeOptions(options) {
  const program = ours(join(stockPools, 'options'), 'memory');
  const usual = ['--inspect-port=0.0.0.1:1024', '--openssl-config=/dev/null', '--no-memory-reducer'];
  const [, , script] = daemonProgram;
  return {
    ...program,
    words: (socket) => [
      ...['UV_USE_IO_URING=0', process.execPath, ...usual, ...options, script],
      ...program.words(socket).slice(daemonProgram.length),
    ],
  };
}

/** @type {Readonly<Record<'ours' | 'ours, own Node' | 'ours, interpreted' | 'ours, V8 as usual' | 'ours, never root' | 'ours, lets go' | 'ours, disk' | 'C' | 'echo', Program>>} */
const programs = {
  ours: ours(join(stockPools, 'ours'), 'memory'),
  'ours, never root': rootless(join(stockPools, 'never-root'), [
    ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'],
  ]),
  'ours, lets go': rootless(join(stockPools, 'lets-go'), []),
  'ours, own Node': onOwnNode(),
  'ours, interpreted': withNodeOptions(['--no-sparkplug', '--no-opt']),
  'ours, V8 as usual': withNodeOptions([`--require=${v8AsUsual}`]),
  /** On the disk that the checkout is on. */
  'ours, disk': ours(join(peers, 'pools'), 'disk'),
  C: {
    poolDirectory: stockPools,
    countsReplies: true,
    words: (socket) => [
      `LD_PRELOAD=${peer('redirect.so')}`,
      `HYPERV_KVP_BENCH_DEVICE=${socket}`,
      join(stockHere ?? '', 'sbin/hv_kvp_daemon'),
      '-n',
    ],
  },
  echo: { poolDirectory: join(stockPools, 'echo'), countsReplies: false, words: (socket) => [peer('echo'), socket] },
};

/** @typedef {keyof typeof programs} ProgramName */

/**
 * A program that is running, with a guest pool of so many records.
 * @param {ProgramName} name @param {{ records: number, cpu: number | undefined }} options
 */
export async function start(name, { records, cpu }) {
  const { poolDirectory, countsReplies, words } = programs[name];
  mkdirSync(poolDirectory, { recursive: true });
  fill(join(poolDirectory, `.kvp_pool_${guestPool}`), records);
  const socket = join(stockPools, `${name.replaceAll(/\W+/g, '-')}.socket`);
  const channel = await Channel.open({ socket, words: words(socket), cpu });
  return {
    name,
    channel,
    countsReplies,
    async close() {
      await channel.close();
      if (name === 'ours, disk') rmSync(poolDirectory, { recursive: true });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof start>>} Running */
