// A side-by-side run of a moment, in a private machine: prints what was measured. Its argument is the C daemon's /usr, if there.
import { compilePeers } from '../../../../bench/rig/compile.mjs';
import { runInPrivateMachine, setUpPrivateMachine, stockHere } from '../../../../bench/rig/private-machine.mjs';
import { start } from '../../../../bench/rig/programs.mjs';
import { compare } from '../../../../bench/side-by-side/compare.mjs';
import { otherExercises, poolExercises } from '../../../../bench/side-by-side/operations.mjs';

if (stockHere === undefined) {
  compilePeers();
  process.exit(runInPrivateMachine(process.argv[2] ?? ''));
}
setUpPrivateMachine();
const records = 10;
const plan = { records, rounds: 2, limitMs: 10, warmUpMs: 1, compileCount: 1 };
const names = /** @type {const} */ (['ours', 'echo', ...(stockHere === '' ? [] : /** @type {const} */ (['C']))]);
const programs = [];
for (const name of names) programs.push(await start(name, { records, cpu: undefined }));
const measured = [];
for (const exercise of [...poolExercises(records), ...otherExercises()]) {
  measured.push(...(await compare(programs, exercise, plan)));
}
for (const program of programs) await program.close();
console.log(JSON.stringify(measured));
