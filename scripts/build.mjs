// npm run build [-- PART...]: builds those of the parts that are out of date; without words, the addon and the programs.
import { build } from './parts.mjs';
import { installDependencies } from './dependencies.mjs';

installDependencies();
const words = process.argv.slice(2);
build(...(words.length > 0 ? words : ['native', 'typescript']));
