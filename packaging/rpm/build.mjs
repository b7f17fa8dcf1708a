// Builds the RPM package: build.mjs [--standalone] [--architecture x64|arm64]. It depends on the distribution's nodejs, or, standalone,
// carries Node itself. Needs rpmbuild, of binutils strip, and what
// packaging/selinux/build.mjs needs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { need } from '../../scripts/needed-programs.mjs';
import { reportPlainly } from '../../scripts/plain-errors.mjs';
import { architectureOf, toolFor } from '../linux/architecture.mjs';
import { homepage, maintainer, version } from '../linux/package-fields.mjs';
import { checkout, PackageTree, run } from '../linux/package-tree.mjs';
import { rpmNode, runtimeFor } from '../linux/runtime.mjs';
import { stage } from '../linux/stage.mjs';

const preset = 'usr/lib/systemd/system-preset/85-hyperv-kvp.preset';

reportPlainly();
const { values } = parseArgs({
  options: {
    standalone: { type: 'boolean', default: false },
    architecture: { type: 'string', default: process.arch },
  },
});
const architecture = architectureOf(values.architecture);
need('rpmbuild', toolFor(architecture, 'strip'));
const runtime = values.standalone ? runtimeFor(architecture) : undefined;
const output = join(checkout, 'build/rpm');
// Both are one version of one package, so that a guest goes from one to the other either way.
const name = `hyperv-kvp-${version}-1${runtime ? '.standalone' : ''}.${architecture.rpm}`;
const tree = new PackageTree(join(output, name));

// Whatever is built from one commit is the same, byte for byte.
process.env['SOURCE_DATE_EPOCH'] ??= run('git', 'log', '-1', '--format=%ct').trim();
stage(tree, {
  ...{ architecture, ...(runtime && { runtime }) },
  zshCompletions: 'usr/share/zsh/site-functions',
  unit: 'hypervkvpd.service',
  daemon: 'hypervkvpd',
  folder: 'usr/libexec/hyperv-kvp',
});
tree.copy('packaging/rpm/preset', preset);
const policyModule = run(process.execPath, 'packaging/selinux/build.mjs', '--red-hat').trim();
tree.write('usr/share/selinux/packages/hyperv_kvp.cil', readFileSync(policyModule));
tree.copy('LICENSE', 'usr/share/licenses/hyperv-kvp/LICENSE');
tree.copy('dist/parts/LICENSES', 'usr/share/licenses/hyperv-kvp/LICENSES');
if (runtime !== undefined) {
  tree.write('usr/share/licenses/hyperv-kvp/LICENSE.node', readFileSync(join(runtime, 'LICENSE')));
}
run('chmod', '-R', 'u=rwX,go=rX', tree.root);

const specification = join(output, `${name}.spec`);
writeFileSync(specification, describe());
const definitions = [
  `_topdir ${output}`,
  `_rpmdir ${output}`,
  `_rpmfilename ${name}.rpm`,
  // Node is large, and every rpm since RHEL 8's reads this.
  '_binary_payload w3.zstdio',
  '_buildhost localhost',
  'use_source_date_epoch_as_buildtime 1',
  'clamp_mtime_to_source_date_epoch 1',
];
const words = definitions.flatMap((definition) => ['--define', definition]);
run('rpmbuild', '-bb', '--quiet', '--target', `${architecture.rpm}-linux`, ...words, specification);
console.log(join(output, `${name}.rpm`));

function describe() {
  const scriptlets = readFileSync(join(checkout, 'packaging/rpm/scriptlets'), 'utf8');
  const date = run('date', '--utc', `--date=@${process.env['SOURCE_DATE_EPOCH'] ?? ''}`, '+%a %b %d %Y').trim();
  return `Name: hyperv-kvp
Version: ${version}
Release: 1
Summary: Key-Value Pair daemon for guests on Hyper-V and Azure
License: ${licences().join(' AND ')}
URL: ${homepage}
${runtime === undefined ? `Requires: ${rpmNode()}` : ''}
# What the scriptlets run.
Requires(post): systemd coreutils
Requires(preun): systemd
Requires(postun): systemd coreutils findutils
# The stock daemon; those of the other services are packages of their own, but for SUSE's, which are one.
Conflicts: hypervkvpd
Conflicts: hyper-v
# Two other tools with a program of the name hvkvp.
Conflicts: hvkvp
Conflicts: go-hvkvp

# The files are as they are to be.
%define __os_install_post %{nil}
%define debug_package %{nil}
%define _build_id_links none

%description
Tells the Windows host the name, system and addresses of this guest, exchanges
short texts with it, and sets addresses that it asks for.

%install
cp -a ${tree.root}/. %{buildroot}

${scriptlets}
%files
%defattr(-,root,root,-)
${files().join('\n')}

%changelog
* ${date} ${maintainer} - ${version}-1
- Version ${version}.
`;
}

/** Of us and of the packages in our programs; Node's is a text of its own. */
function licences() {
  const bundled = readFileSync(join(checkout, 'dist/parts/LICENSES'), 'utf8');
  const names = [...bundled.matchAll(/^\S+ \d\S* \((\S+)\)$/gm)].map(([, licence = '']) => licence);
  return [...new Set(['BSD-2-Clause', ...names, ...(runtime === undefined ? [] : ['LicenseRef-Node.js'])])];
}

/** With the folders that are ours alone. */
function files() {
  const entries = readdirSync(tree.root, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name).slice(tree.root.length);
    if (!entry.isDirectory()) return [path];
    return /\/hyperv-kvp(\/|$|-helper\.service\.d$)|\/hypervkvpd$/.test(path) ? [`%dir ${path}`] : [];
  });
}
