// Builds an extension image for systems whose /usr is read-only: build.mjs [--architecture x64|arm64]. It carries Node itself. Needs
// mksquashfs, of squashfs-tools.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { need } from '../../scripts/needed-programs.mjs';
import { reportPlainly } from '../../scripts/plain-errors.mjs';
import { architectureOf, toolFor } from '../linux/architecture.mjs';
import { checkout, PackageTree, run } from '../linux/package-tree.mjs';
import { runtimeFor } from '../linux/runtime.mjs';
import { stage } from '../linux/stage.mjs';

reportPlainly();
const { values } = parseArgs({ options: { architecture: { type: 'string', default: process.arch } } });
const architecture = architectureOf(values.architecture);
need('mksquashfs', toolFor(architecture, 'strip'));
const output = join(checkout, 'build/sysext');
const tree = new PackageTree(join(output, 'hyperv-kvp'));
const units = 'usr/lib/systemd/system';

// The units of the image hide those of the same names that the systems have. A folder /usr/sbin in it would hide every program there where
// /usr/sbin is a link: hence /usr/bin.
stage(tree, {
  ...{ architecture, runtime: runtimeFor(architecture), daemon: 'hv_kvp_daemon', unit: 'hypervkvpd.service' },
  ...{ zshCompletions: 'usr/share/zsh/site-functions', folder: 'usr/libexec/hyperv-kvp', daemons: 'usr/bin' },
});
// Node needs glibc, which all these systems have.
const machine = architecture.node === 'x64' ? 'x86-64' : architecture.node;
const release = ['ID=_any', `ARCHITECTURE=${machine}`, 'EXTENSION_RELOAD_MANAGER=1'];
tree.write('usr/lib/extension-release.d/extension-release.hyperv-kvp', `${release.join('\n')}\n`);
tree.copy('packaging/sysext/hyperv-kvp-user.service', `${units}/hyperv-kvp-user.service`);
tree.copy('packaging/sysext/multi-user.conf', `${units}/multi-user.target.d/10-hyperv-kvp.conf`);
for (const unit of ['hyperv-kvp.service', 'hyperv-kvp-helper.socket']) {
  tree.copy('packaging/sysext/user.conf', `${units}/${unit}.d/user.conf`);
}
run('chmod', '-R', 'u=rwX,go=rX', tree.root);

const image = join(output, 'hyperv-kvp.raw');
rmSync(image, { force: true });
run('mksquashfs', tree.root, image, '-all-root', '-noappend', '-quiet', '-no-progress', '-comp', 'zstd');
console.log(image);
