import { compilePeers } from './compile.mjs';
import { runInPrivateMachine, setUpPrivateMachine, stockHere } from './private-machine.mjs';
import { prepareStockDaemon } from './stock-daemon.mjs';

/** Debian packages that a run in a private machine needs. */
const tools = ['gcc', 'iproute2', 'libc6-dev', 'strace', 'util-linux'];

/**
 * Returns in a private machine; outside of one this program is run again in it, and ends with its status. What is missing
 * is installed before, or said.
 * @param {() => void} [prepare] what else is to be done outside
 */
export async function enterPrivateMachine(prepare) {
  if (stockHere === undefined) process.exit(await prepareAndRun(prepare));
  setUpPrivateMachine();
}

/** @param {(() => void) | undefined} prepare */
async function prepareAndRun(prepare) {
  try {
    const stock = await prepareStockDaemon(tools);
    compilePeers();
    prepare?.();
    return runInPrivateMachine(stock);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(`bench: ${error.message}`);
    return 1;
  }
}
