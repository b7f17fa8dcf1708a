// Makes one file of all that a program loads at its start, for Node reads one file faster than a hundred, and one of each thing
// that it loads only when needed. The library stays as the compiler wrote it. Comments in the output name the sources.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const output = join(checkout, 'dist');
const programs = ['hv_kvp_daemon', 'hyperv-kvp-helper', 'hvkvp'];
const programMode = 0o755;
const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

for (const folder of ['bin', 'parts']) rmSync(join(output, folder), { recursive: true, force: true });
/** @type {Set<string>} */
const packages = new Set();
for (const program of programs) {
  for (const folder of await bundle(program)) packages.add(folder);
  chmodSync(join(output, 'bin', `${program}.js`), programMode);
}
writeFileSync(join(output, 'parts/LICENSES'), [...packages].sort().map(licence).join('\n'));

/** Writes a program; returns the folders of the packages in it. @param {string} program */
async function bundle(program) {
  const entry = join(checkout, 'src/bin', `${program}.ts`);
  /** @type {Set<string>} */
  const atStart = new Set();
  const bundled = await rolldown({
    input: { [program]: entry },
    platform: 'node',
    // What one command imports another may load later.
    checks: { ineffectiveDynamicImport: false },
    plugins: [
      {
        name: 'what is loaded at the start',
        buildEnd() {
          const importsOf = (/** @type {string} */ id) => this.getModuleInfo(id)?.importedIds ?? [];
          // Not the entry itself: its parts wait for what they import from, and it waits for them.
          for (const id of importsOf(entry)) atStart.add(id);
          for (const id of atStart) for (const imported of importsOf(id)) atStart.add(imported);
        },
      },
    ],
  });
  const written = await bundled.write({
    dir: output,
    format: 'esm',
    // As deep as the folders of the sources, which find the addon and the package from where they are.
    entryFileNames: 'bin/[name].js',
    chunkFileNames: ({ name, facadeModuleId }) => `parts/${program}-${packageName(facadeModuleId) ?? name}.js`,
    codeSplitting: { groups: [{ name: 'start', test: (id) => atStart.has(id) }] },
  });
  await bundled.close();
  const modules = written.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  return modules.flatMap((id) => packageFolder.exec(id)?.[0] ?? []);
}

/** The part that is a package is named for it, since most call their main file the same. @param {string | null} id of a module */
function packageName(id) {
  const folder = packageFolder.exec(id ?? '')?.[0];
  return folder?.split('/').at(-1);
}

/** @param {string} folder of a package */
function licence(folder) {
  /** @type {Record<'name' | 'version' | 'license', string>} */
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- every package has them.
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
