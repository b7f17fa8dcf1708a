import { closeSync } from 'node:fs';
import { native } from '../../device/native.ts';
import type { Log } from '../../log/log.ts';
import { programFolder } from '../../process/program-folder.ts';
import { Helper } from './helper.ts';

/** Set in the environment of a helper that gets its connections through the descriptor below, not by listening. */
export const helperVariable = 'HYPERV_KVP_HELPER';
/** The helper's end of that connection; systemd's first socket has the same number. */
export const connectionsFd = 3;

/** Nothing is served before device and pools are there, so a busy machine may take its time to start the helper. */
export const firstPatienceMs = 20_000;

export interface StartOptions {
  /** Our own command line, so that the helper works with the same settings. */
  readonly words: readonly string[];
  /** Whether standard error leads to a log. */
  readonly hasStandardError: boolean;
  readonly log: Log;
}

/** Starts the helper with the rights that we still have. It ends when we do. */
export async function startHelper({ words, hasStandardError, log }: StartOptions): Promise<Helper> {
  const { spawn } = await import('node:child_process');
  const [own, its] = native.socketPair();
  const program = `${programFolder}/hyperv-kvp-helper`;
  const child = spawn(process.execPath, [...process.execArgv, `${program}.js`, ...words], {
    argv0: program,
    // A session of its own: a terminal's signals are for us.
    detached: true,
    stdio: ['ignore', 'ignore', hasStandardError ? 'inherit' : 'ignore', its],
    env: { ...process.env, [helperVariable]: '1' },
  });
  closeSync(its);
  child.unref();
  const helper = new Helper({ connect: () => connectThrough(own), firstPatienceMs, log });
  child.on('error', (error) => {
    helper.lose(error.message);
  });
  child.on('exit', (status, signal) => {
    helper.lose(`it ended with ${signal ?? `status ${String(status)}`}`);
  });
  return helper;
}

/** A packet without any would be taken for the end. */
const oneByte = Buffer.alloc(1);

/** A fresh connection, whose other end goes through the one that there is. */
function connectThrough(pair: number): number {
  const [own, its] = native.socketPair();
  try {
    native.sendPacket(pair, oneByte, its);
    return own;
  } catch (error) {
    closeSync(own);
    throw error;
  } finally {
    closeSync(its);
  }
}
