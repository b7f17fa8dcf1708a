// Builds the module of SELinux's policy: build.mjs [--red-hat]. It is for Debian's policy or, with that, for Red Hat's, which SUSE's is
// made of, too. Needs the reference policy's tools: selinux-policy-devel, on Debian selinux-policy-dev.
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ExpectedError, reportPlainly } from '../../scripts/plain-errors.mjs';
import { checkout, run } from '../linux/package-tree.mjs';

const makefile = '/usr/share/selinux/devel/Makefile';
const name = 'hyperv_kvp';

reportPlainly();
const { values } = parseArgs({ options: { 'red-hat': { type: 'boolean', default: false } } });
const folder = join(checkout, 'build/selinux', values['red-hat'] ? 'red-hat' : 'debian');
const module = join(folder, `${name}.cil`);

if (!existsSync(makefile)) {
  throw new ExpectedError(`${makefile} is missing: install selinux-policy-devel, on Debian selinux-policy-dev`);
}
mkdirSync(folder, { recursive: true });
for (const kind of ['te', 'fc', 'if']) {
  copyFileSync(join(checkout, 'packaging/selinux', `${name}.${kind}`), join(folder, `${name}.${kind}`));
}
const words = ['--silent', '--always-make', '--directory', folder, '--file', makefile];
run('make', ...words, 'NAME=default', `CUSTOM_BUILDOPT=${values['red-hat'] ? 'red_hat' : ''}`, `${name}.pp`);
// In the language of policies, which every semodule takes, whatever its version of compiled modules.
writeFileSync(module, run('/usr/libexec/selinux/hll/pp', join(folder, `${name}.pp`)));
console.log(module);
