// npm run format
import { installDependencies } from './dependencies.mjs';
import { nativeFiles } from './native-files.mjs';
import { must } from './run.mjs';

installDependencies();
must('biome', 'format', '--write');
must('clang-format', '-i', ...nativeFiles());
