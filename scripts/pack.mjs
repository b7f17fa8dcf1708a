// What npm runs before it packs: builds from nothing, with an addon for each system that the package brings one for.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { checkout, must } from './run.mjs';

installDependencies();
rmSync(join(checkout, 'dist'), { recursive: true, force: true });
build('typescript');
must('node', 'scripts/build-prebuilt.mjs');
writeFileSync(
  join(checkout, 'dist/sbom.cdx.json'),
  execFileSync(process.execPath, [join(checkout, 'scripts/sbom.mjs')]),
);
