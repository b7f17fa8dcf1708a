import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's folder. */
export const checkout = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in the checkout, with those of its packages in reach. @param {string} program @param {readonly string[]} words @returns {number} */
export function run(program, ...words) {
  const { status, error } = spawnSync(program, words, inCheckout());
  if (error !== undefined) tellOf(program, error);
  return status ?? 1;
}

/** As `run`, while this process goes on. @param {string} program @param {readonly string[]} words @returns {Promise<number>} */
export function runBeside(program, ...words) {
  return new Promise((resolve) => {
    const child = spawn(program, words, inCheckout());
    child.once('exit', (status) => {
      resolve(status ?? 1);
    });
    child.once('error', (error) => {
      tellOf(program, error);
      resolve(1);
    });
  });
}

/** As `run`; ends this process unless it succeeds. @param {string} program @param {readonly string[]} words */
export function must(program, ...words) {
  const status = run(program, ...words);
  if (status !== 0) process.exit(status);
}

/** @returns {{ cwd: string, stdio: 'inherit', env: NodeJS.ProcessEnv }} */
function inCheckout() {
  const PATH = [join(checkout, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  return { cwd: checkout, stdio: 'inherit', env: { ...spokenEnvironment(), PATH } };
}

/** @param {string} program @param {Error} error */
function tellOf(program, error) {
  console.error(`cannot run ${program}: ${error.message}`);
}

/** Without npm's level of log output: `npm run --silent` would have node-gyp fail without a word. */
function spokenEnvironment() {
  const { ...environment } = process.env;
  delete environment['npm_config_loglevel'];
  return environment;
}
