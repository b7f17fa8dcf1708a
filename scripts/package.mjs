// npm run package -- deb|rpm|sysext|port|selinux [OPTION...]: builds a package or an extension image of the system, FreeBSD's port, or a module of
// SELinux's policy.
import { installDependencies } from './dependencies.mjs';
import { build } from './parts.mjs';
import { ExpectedError } from './plain-errors.mjs';
import { must } from './run.mjs';

/** @type {Readonly<Record<string, string>>} */
const folders = { deb: 'debian', rpm: 'rpm', sysext: 'sysext', port: 'ports', selinux: 'selinux' };
const [kind = '', ...words] = process.argv.slice(2);
const folder = folders[kind];
if (folder === undefined) throw new ExpectedError('usage: npm run package -- deb|rpm|sysext|port|selinux [OPTION...]');
installDependencies();
build('native', 'typescript');
must('node', `packaging/${folder}/build.mjs`, ...words);
