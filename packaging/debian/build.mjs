// Builds the Debian package: build.mjs [--standalone] [--architecture x64|arm64]. It depends on Debian's nodejs, or, standalone,
// carries Node itself, for releases whose Node is too old.
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { need } from '../../scripts/needed-programs.mjs';
import { reportPlainly } from '../../scripts/plain-errors.mjs';
import { addonFor, architectureOf, toolFor } from '../linux/architecture.mjs';
import { homepage, maintainer, version } from '../linux/package-fields.mjs';
import { checkout, PackageTree, run } from '../linux/package-tree.mjs';
import { debianNode, runtimeFor, runtimeInBill } from '../linux/runtime.mjs';
import { stage } from '../linux/stage.mjs';
import { newestGlibc } from './glibc.mjs';
import { copyright } from './copyright.mjs';

const programMode = 0o755;

reportPlainly();
const { values } = parseArgs({
  options: {
    standalone: { type: 'boolean', default: false },
    architecture: { type: 'string', default: process.arch },
  },
});
const architecture = architectureOf(values.architecture);
need('dpkg-deb', toolFor(architecture, 'strip'));
const runtime = values.standalone ? runtimeFor(architecture) : undefined;
// Both are one version of one package, so that a guest goes from one to the other either way.
const name = `hyperv-kvp${runtime ? '-standalone' : ''}_${version}_${architecture.debian}`;
const output = join(checkout, 'build/debian');
const tree = new PackageTree(join(output, name));

// Whatever is built from one commit is the same, byte for byte.
process.env['SOURCE_DATE_EPOCH'] ??= run('git', 'log', '-1', '--format=%ct').trim();
stage(tree, {
  ...{ architecture, ...(runtime && { runtime }) },
  zshCompletions: 'usr/share/zsh/vendor-completions',
  unit: 'hv-kvp-daemon.service',
  daemon: 'hv_kvp_daemon',
});
addDocumentation();
addControl();
run('chmod', '-R', 'u=rwX,go=rX', tree.root);
run('dpkg-deb', '--root-owner-group', '-Zxz', '-z1', '--build', tree.root, `${tree.root}.deb`);
console.log(`${tree.root}.deb`);

function addDocumentation() {
  const date = run('date', '--utc', '--rfc-email', `--date=@${process.env['SOURCE_DATE_EPOCH'] ?? ''}`).trim();
  const entry = `hyperv-kvp (${version}) stable; urgency=medium\n\n  * Version ${version}.\n\n -- ${maintainer}  ${date}\n`;
  const folder = 'usr/share/doc/hyperv-kvp';
  tree.writePacked(join(folder, 'changelog'), entry);
  tree.write(join(folder, 'copyright'), copyright(runtime));
  tree.write(
    join(folder, 'sbom.cdx.json'),
    run(process.execPath, 'scripts/sbom.mjs', ...(runtime === undefined ? [] : runtimeInBill(architecture))),
  );
  const overrides = runtime === undefined ? ['all'] : ['all', 'standalone'];
  const texts = overrides.map((name) => readFileSync(join(checkout, 'packaging/debian/lintian', name), 'utf8'));
  tree.write('usr/share/lintian/overrides/hyperv-kvp', texts.join(''));
}

function addControl() {
  const installed = run('du', '--summarize', '--block-size=1K', tree.root).split('\t')[0] ?? '';
  const glibc = newestGlibc(architecture, addonFor(architecture));
  const sysusers = 'systemd | systemd-standalone-sysusers | systemd-sysusers';
  const depends = [`libc6 (>= ${glibc})`, 'libstdc++6', ...(runtime === undefined ? debianNode() : []), sysusers];
  tree.write(
    'DEBIAN/control',
    `Package: hyperv-kvp
Version: ${version}
Architecture: ${architecture.debian}
Maintainer: ${maintainer}
Installed-Size: ${installed}
Depends: ${depends.join(', ')}
Conflicts: hvkvp
Section: admin
Priority: optional
Homepage: ${homepage}
Description: Key-Value Pair daemon for guests on Hyper-V and Azure
 Tells the Windows host the name, system and addresses of this guest,
 exchanges short texts with it, and sets addresses that it asks for.
 .
 It takes the place of the stock hv_kvp_daemon of hyperv-daemons, whose
 other daemons stay.
`,
  );
  tree.copy('packaging/debian/triggers', 'DEBIAN/triggers');
  const folder = 'packaging/debian/control';
  for (const script of readdirSync(join(checkout, folder))) {
    tree.copy(join(folder, script), join('DEBIAN', script));
    chmodSync(tree.at(join('DEBIAN', script)), programMode);
  }
}
