// Makes one file of all that a program loads at its start, for Node reads one file faster than a hundred, and one of each thing
// that it loads only when needed. The library stays as the compiler wrote it. Comments in the output name the sources.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const output = join(checkout, 'dist');
/** With how they are started: see native/launcher.cc. */
const programs = { hv_kvp_daemon: 'service', 'hyperv-kvp-helper': 'service', hvkvp: 'command' };
const programMode = 0o755;
const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;

for (const folder of ['bin', 'parts']) rmSync(join(output, folder), { recursive: true, force: true });
/** @type {Set<string>} */
const packages = new Set();
for (const [program, kind] of Object.entries(programs)) {
  for (const folder of await bundle(program)) packages.add(folder);
  writeFileSync(join(output, 'bin', program), starter(kind), { mode: programMode });
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
          // Not what the entry itself imports, which is there to be run before all else.
          for (const id of this.getModuleInfo(entry)?.dynamicallyImportedIds ?? []) atStart.add(id);
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
  for (const { fileName } of written.output) inOneByteCharacters(join(output, fileName));
  const modules = written.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  return modules.flatMap((id) => packageFolder.exec(id)?.[0] ?? []);
}

/** V8 keeps a program's text, in half the room if none of its characters takes more than a byte. @param {string} file */
function inOneByteCharacters(file) {
  const escaped = (/** @type {string} */ character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\xff]/g, escaped));
}

/** The part that is a package is named for it, since most call their main file the same. @param {string | null} id of a module */
function packageName(id) {
  const folder = packageFolder.exec(id ?? '')?.[0];
  return folder?.split('/').at(-1);
}

/**
 * The file that is run under the program's name: what npm packs is the same for every system, so it looks for the launcher
 * that was built here, else for the one that came along. On Linux musl's needs no library, and so runs with any; it is left out where
 * it could not be built. @param {string} kind as in native/launcher.cc
 */
function starter(kind) {
  return `#!/bin/sh
program=$(readlink -f "$0") || exit 1
package=\${program%/dist/bin/*}
launcher=$package/build/Release/launcher
if [ ! -x "$launcher" ]; then
	case $(uname -sm) in
		'Linux x86_64') system=linux-x64 ;;
		'Linux aarch64') system=linux-arm64 ;;
		'FreeBSD amd64') system=freebsd-x64 ;;
		'FreeBSD arm64') system=freebsd-arm64 ;;
	esac
	launcher=$package/prebuilds/$system-musl/launcher
	[ -x "$launcher" ] || launcher=$package/prebuilds/$system/launcher
fi
exec "$launcher" ${kind} "$program.js" "$0" "$@"
`;
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
