import { join } from 'node:path';
import { checkout } from '../guest/machine/folders.ts';
import { run } from '../guest/machine/program.ts';
import type { Release } from './system/release.ts';

/** Builds the package for a release, as `npm run package -- deb` does. Returns its file. */
export async function buildPackage({ needsStandalone }: Release): Promise<string> {
  const words = needsStandalone ? ['--standalone'] : [];
  console.log(['building the Debian package', ...words].join(' '));
  return (await run('node', [join(checkout, 'packaging/debian/build.mjs'), ...words])).trim();
}

/** Builds the extension image, as `npm run package -- sysext` does. Returns its file. */
export async function buildExtension(): Promise<string> {
  return (await run('node', [join(checkout, 'packaging/sysext/build.mjs')])).trim();
}

/** Builds the module for Debian's policy of SELinux, as `npm run package -- selinux` does. Returns its file. */
export async function buildPolicyModule(): Promise<string> {
  return (await run('node', [join(checkout, 'packaging/selinux/build.mjs')])).trim();
}
