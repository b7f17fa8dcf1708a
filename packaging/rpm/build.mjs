// Builds the RPM package: build.mjs [--architecture x64|arm64]. It depends on the distribution's nodejs. Needs rpmbuild.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { architectureOf } from '../linux/architecture.mjs';
import { checkout, PackageTree, run } from '../linux/package-tree.mjs';
import { stage } from '../linux/stage.mjs';

const { values } = parseArgs({ options: { architecture: { type: 'string', default: process.arch } } });
const architecture = architectureOf(values.architecture);
const version = run('npm', 'pkg', 'get', 'version').trim().slice(1, -1);
const output = join(checkout, 'build/rpm');
const tree = new PackageTree(join(output, `hyperv-kvp-${version}.${architecture.rpm}`));

stage(tree, { architecture, zshCompletions: 'usr/share/zsh/site-functions' });
tree.copy('LICENSE', 'usr/share/licenses/hyperv-kvp/LICENSE');
tree.copy('dist/parts/LICENSES', 'usr/share/licenses/hyperv-kvp/LICENSES');
run('chmod', '-R', 'u=rwX,go=rX', tree.root);

const specification = join(output, 'hyperv-kvp.spec');
writeFileSync(specification, describe());
const definitions = [
  `_topdir ${output}`,
  `_rpmdir ${output}`,
  '_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm',
];
const words = definitions.flatMap((definition) => ['--define', definition]);
run('rpmbuild', '-bb', '--quiet', '--target', `${architecture.rpm}-linux`, ...words, specification);
console.log(join(output, `hyperv-kvp-${version}-1.${architecture.rpm}.rpm`));

function describe() {
  const scriptlets = readFileSync(join(checkout, 'packaging/rpm/scriptlets'), 'utf8');
  return `Name: hyperv-kvp
Version: ${version}
Release: 1
Summary: Key-Value Pair daemon for guests on Hyper-V and Azure
License: ${licences().join(' AND ')}
Requires: nodejs >= 20
# The stock daemon; those of the other services are packages of their own.
Conflicts: hypervkvpd

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
`;
}

/** Of us and of the packages in our programs. */
function licences() {
  const bundled = readFileSync(join(checkout, 'dist/parts/LICENSES'), 'utf8');
  const names = [...bundled.matchAll(/^\S+ \d\S* \((\S+)\)$/gm)].map(([, licence = '']) => licence);
  return [...new Set(['BSD-2-Clause', ...names])];
}

/** With the folders that are ours alone. */
function files() {
  const entries = readdirSync(tree.root, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name).slice(tree.root.length);
    if (!entry.isDirectory()) return [path];
    return /\/hyperv-kvp(\/|$|\.service\.d$)/.test(path) ? [`%dir ${path}`] : [];
  });
}
