// npm run docs [-- NAME...]: writes the pages that are made of what the programs say: the manual, the README's tour, the pictures and
// the suites' tables; `site` makes the documentation site in build/site.
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { ExpectedError } from './plain-errors.mjs';
import { must } from './run.mjs';

/** @type {Readonly<Record<string, readonly [string, ...string[]]>>} */
const pages = {
  manual: ['vitest', 'run', 'test/pages/manual', '--update'],
  tour: ['vitest', 'run', 'test/pages/tour/readme.test.ts', '--update'],
  pictures: ['vitest', 'run', 'test/pages/tour/pictures.test.ts', '--update'],
  suites: ['vitest', 'run', 'test/pages/docs/suites.test.ts', '--update'],
  site: ['typedoc'],
};

installDependencies();
build('native', 'typescript');
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(pages)) {
  const command = pages[name];
  if (command === undefined) {
    throw new ExpectedError(`there are no pages ${name}, only ${Object.keys(pages).join(', ')}`);
  }
  must(...command);
}
