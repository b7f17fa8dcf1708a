// npm run suite                                 lists the suites
// npm run suite -- NAME [--install] [OPTION...] runs one; --install has what it needs of Debian's packages installed
import { installVariable, install } from './debian-packages.mjs';
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { must, run } from './run.mjs';
import { suites } from './suites.mjs';

const [name, ...words] = process.argv.slice(2);
const suite = suites.find((candidate) => candidate.name === name);
if (suite !== undefined) process.exitCode = runSuite(suite);
else if (name === undefined) list();
else refuse(`there is no suite ${name}; npm run suite lists them`);

function list() {
  const width = Math.max(...suites.map((each) => each.name.length));
  for (const { name, minutes, shows } of suites) {
    console.log(`${name.padEnd(width)} ${String(minutes).padStart(3)} min  ${shows}`);
  }
  console.log('\nnpm run suite -- NAME [--install] [OPTION...]');
}

/** @param {import('./suites.mjs').Suite} suite @returns {number} */
function runSuite({ name, root, programs = {}, parts = [], lab, run: command, environment = {} }) {
  if (root === true && process.getuid?.() !== 0) return refuse(`the suite ${name} needs root`);
  if (words.includes('--install')) process.env[installVariable] = '1';
  try {
    install(programs);
  } catch (error) {
    return refuse(`the suite ${name} cannot run: ${error instanceof Error ? error.message : String(error)}`);
  }
  installDependencies();
  build('native', 'typescript', ...parts);
  if (lab !== undefined) must('tsc', '-p', `${lab}/tsconfig.json`);
  Object.assign(process.env, environment);
  return run(...command, ...words.filter((word) => word !== '--install'));
}

/** @param {string} why */
function refuse(why) {
  console.error(why);
  return (process.exitCode = 1);
}
