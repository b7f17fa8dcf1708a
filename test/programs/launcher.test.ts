import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
  symlinkSync,
} from 'node:fs';
import { connect } from 'node:net';
import { constants as osConstants } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { DaemonProcess, startedProgram } from '../support/daemon-process.ts';
import { eventually } from '../support/eventually.ts';
import { packageWithNode } from '../support/package-with-node.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { controlC, Terminal } from '../support/terminal.ts';
import { needs, processor, program } from '../support/needs.ts';

const root = join(import.meta.dirname, '../..');
const hvkvp = join(root, 'dist/bin/hvkvp');
const debuggerPort = 9229;

/** What `node --help` says that Node reads. */
const variables = spawnSync(process.execPath, ['--help'], { encoding: 'utf8' })
  .stdout.split('\nEnvironment variables:\n')[1]
  ?.match(/^[A-Z_]+(?= )/gm)
  // How texts look.
  ?.filter((name) => !['FORCE_COLOR', 'NO_COLOR', 'TZ'].includes(name));

function runOf(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): SpawnSyncReturns<string> {
  return spawnSync(program, words, { encoding: 'utf8', env: { ...process.env, ...environment } });
}

function words(): readonly string[] {
  const folder = temporaryFolder();
  return ['--device', join(folder, 'device'), '--pool-dir', folder, '--state-dir', folder, '--control-socket', ''];
}

function isDebuggerOpen(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(debuggerPort, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

/** Whether Node has its handler of SIGUSR1, or we have ours. */
function catchesDebuggersSignal(pid: number): boolean {
  const [, caught = ''] = /^SigCgt:\s+(\w+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return (BigInt(`0x${caught}`) & (1n << BigInt(osConstants.signals.SIGUSR1 - 1))) !== 0n;
}

describe('a program', () => {
  it('is found by its name', async () => {
    const daemon = new DaemonProcess(words(), {}, startedProgram);
    await daemon.logged('waiting for the device');
    const [name] = readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8').split('\0');
    expect(name).toMatch(/\/hv_kvp_daemon$/);
    needs(program('pidof'), program('pgrep'));
    const { stdout } = runOf('pidof', ['hv_kvp_daemon']);
    expect(stdout.trim().split(' ')).toContain(String(daemon.pid));
    expect(runOf('pgrep', ['-f', '(^|/)hv_kvp_daemon( |$)']).stdout.split('\n')).toContain(String(daemon.pid));
  });

  it.each(variables ?? [])('starts, and does not see it, where %s is set to what cannot be used', (variable) => {
    expect(runOf(hvkvp, ['--version'], { [variable]: '/nonexistent' })).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = runOf(join(packageWithNode('env'), 'dist/bin/hv_kvp_daemon'), [], { [variable]: '1' });
    expect(stdout).not.toContain(variable);
  });

  it.each(['INVOCATION_ID', 'JOURNAL_STREAM', 'NOTIFY_SOCKET', 'WATCHDOG_PID', 'WATCHDOG_USEC'])(
    'leaves it what systemd says by %s',
    (variable) => {
      const { stdout } = runOf(join(packageWithNode('env'), 'dist/bin/hv_kvp_daemon'), [], { [variable]: 'said' });
      expect(stdout.split('\n')).toContain(`${variable}=said`);
    },
  );

  it('loads no code for a variable, before anything else or later', () => {
    const folder = temporaryFolder();
    const code = join(folder, 'code.cjs');
    writeFileSync(code, `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '')`);
    writeFileSync(join(folder, 'openssl.cnf'), 'openssl_conf = [broken');
    const environment = {
      NODE_OPTIONS: `--require=${code}`,
      OPENSSL_CONF: join(folder, 'openssl.cnf'),
      SECRET: 'root',
    };
    expect(runOf(hvkvp, ['--version'], environment)).toMatchObject({ status: 0, stderr: '' });
    expect(() => openSync(join(folder, 'ran'), 'r')).toThrow('ENOENT');
  });

  it('reads no configuration of OpenSSL, whose mistakes would end it', () => {
    const { stdout } = runOf(join(packageWithNode('echo "$@"'), 'dist/bin/hvkvp'), ['get', 'Key']);
    expect(stdout).toMatch(/ --openssl-config=\/dev\/null .*\/dist\/bin\/hvkvp\.js get Key\n$/);
  });

  it('opens no debugger for a signal that comes before any line of ours has run, and goes on', async () => {
    for (let said = ''; !said.includes('inspector'); ) {
      const daemon = new DaemonProcess(words(), {}, startedProgram);
      // Before, the signal ends it as any program.
      while (!catchesDebuggersSignal(daemon.pid)) await setImmediate();
      daemon.process.kill('SIGUSR1');
      await daemon.logged('waiting for the device');
      expect(await isDebuggerOpen()).toBe(false);
      said = daemon.lines.join('\n');
      // Ours may have been earlier.
      expect(said).toMatch(/Starting inspector on 0\.0\.0\.1:1024 failed|SIGUSR1 is ignored/);
      await daemon.terminate();
    }
  });

  it.each(['SIGUSR1', 'SIGUSR2'] as const)('ignores %s, and says so once', async (signal) => {
    const daemon = new DaemonProcess(words(), {}, startedProgram);
    await daemon.logged('waiting for the device');
    daemon.process.kill(signal);
    await daemon.logged(`${signal} is ignored`);
    daemon.process.kill(signal);
    daemon.process.kill('SIGTERM');
    await daemon.logged('ended by SIGTERM');
    expect(daemon.lines.filter((line) => line.includes('is ignored'))).toHaveLength(1);
    expect(await isDebuggerOpen()).toBe(false);
  });

  it.each(['hypervkvpd', 'hv_kvp_daemon'])('has the name that it was started by: %s', async (name) => {
    const link = join(temporaryFolder(), name);
    symlinkSync(startedProgram[0], link);
    const daemon = new DaemonProcess(words(), {}, [link]);
    expect(await daemon.logged('waiting for the device')).toMatch(new RegExp(`^${name}: `));
    expect(readFileSync(`/proc/${daemon.pid}/comm`, 'utf8')).toBe(`${name}\n`);
    expect(readFileSync(`/proc/${daemon.pid}/cmdline`, 'utf8').split('\0')[0]).toBe(link);
  });
});

describe('a service', () => {
  const tell =
    'exec perl -e \'opendir(D, "/proc/self/fd"); for (sort readdir(D)) { my $t = readlink("/proc/self/fd/$_"); print "$_ $t\\n" if $t }\'';

  it('has no descriptor of its starter’s but the standard ones', () => {
    const daemon = join(packageWithNode(tell), 'dist/bin/hv_kvp_daemon');
    const secret = openSync(import.meta.filename, 'r');
    const { stdout } = spawnSync(daemon, [], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', secret, secret] });
    closeSync(secret);
    expect(stdout).toContain('\n2 socket');
    expect(stdout).not.toContain(import.meta.filename);
  });

  it('has the sockets of its unit', () => {
    const helper = join(packageWithNode(tell), 'dist/bin/hyperv-kvp-helper');
    const start = `export LISTEN_PID=$$ LISTEN_FDS=1; exec '${helper}' 3<'${import.meta.filename}' 4<'${import.meta.filename}'`;
    const { stdout } = spawnSync('sh', ['-c', start], { encoding: 'utf8' });
    expect(stdout).toContain(`3 ${import.meta.filename}`);
    expect(stdout).not.toContain(`4 ${import.meta.filename}`);
  });

  it('has a session keyring of its own', () => {
    needs(processor('x64'), program('perl'));
    const keyring = 'perl -e \'print syscall(250, 0, -3, 0), "\\n"\'';
    const daemon = join(packageWithNode(keyring), 'dist/bin/hv_kvp_daemon');
    const [own, its] = spawnSync('sh', ['-c', `${keyring}; ${daemon}`], { encoding: 'utf8' }).stdout.split('\n');
    expect(Number(own)).toBeGreaterThan(0);
    expect(Number(its)).toBeGreaterThan(0);
    expect(its).not.toBe(own);
  });

  it('has neither the terminal of its starter nor a way to read it, which still ends it', async () => {
    const file = join(temporaryFolder(), 'readable.toml');
    // Else the descriptors of the process are shown to root only.
    writeFileSync(file, 'core_dumps = true\n');
    const daemon = `'${join(root, 'dist/bin/hv_kvp_daemon')}' -n --config '${file}' ${words().join(' ')}''`;
    // Of itself, sh gives what runs in the background nothing to read.
    const terminal = new Terminal(['sh', '-c', `exec 7<&0; ${daemon} <&7 7<&- & echo "pid $!."; wait`]);
    await terminal.shows('waiting for the device');
    const process = `/proc/${/pid (\d+)\./.exec(terminal.shown)?.[1] ?? ''}`;
    const [, , , , terminalNumber] = readFileSync(`${process}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    expect(terminalNumber).toBe('0');
    expect(readlinkSync(`${process}/fd/0`)).toBe('/dev/null');
    for (const fd of [1, 2]) {
      const [, flags = ''] = /flags:\s+(\d+)/.exec(readFileSync(`${process}/fdinfo/${fd}`, 'utf8')) ?? [];
      expect(Number.parseInt(flags, 8) & accessMode).toBe(constants.O_WRONLY);
    }
    expect(readlinkSync(`${process}/cwd`)).toBe('/');
    terminal.type(controlC);
    await terminal.shows('ended by SIGINT');
  });

  it('ends with status 0 if its terminal has gone before', async () => {
    const status = join(temporaryFolder(), 'status');
    const daemon = `'${join(root, 'dist/bin/hv_kvp_daemon')}' -n ${words().join(' ')}''`;
    const waiting = `trap '' HUP; ${daemon} & echo "pid $!."; wait $!; echo $? > ${status}.new; mv ${status}.new ${status}`;
    const terminal = new Terminal(['sh', '-c', waiting]);
    await terminal.shows('waiting for the device');
    terminal.process.kill('SIGKILL');
    await terminal.ended();
    process.kill(Number(/pid (\d+)\./.exec(terminal.shown)?.[1]), 'SIGTERM');
    await eventually(() => existsSync(status));
    expect(readFileSync(status, 'utf8')).toBe('0\n');
  });
});

const accessMode = 3;
