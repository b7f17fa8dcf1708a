// npm run bench [-- CHAPTER] [OPTION...]
import { installVariable } from './debian-packages.mjs';
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { must } from './run.mjs';

const words = process.argv.slice(2);
if (words.includes('--install')) process.env[installVariable] = '1';
installDependencies();
build('native', 'typescript');
must('tsc', '-p', 'test/lab/guest/tsconfig.json');
must('node', 'bench/run.mjs', ...words.filter((word) => word !== '--install'));
