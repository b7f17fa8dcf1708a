import { join } from 'node:path';
import { checkout } from '../guest/machine/folders.ts';
import { run } from '../guest/machine/program.ts';

/** The package files under test. */
export interface Packages {
  /** Depends on Debian's nodejs. */
  readonly plain: string;
  /** Carries Node. */
  readonly standalone: string;
}

/** Builds them, as `npm run package:deb` does. */
export async function buildPackages(): Promise<Packages> {
  return { plain: await build(), standalone: await build('--standalone') };
}

async function build(...words: readonly string[]): Promise<string> {
  console.log(['building the Debian package', ...words].join(' '));
  return (await run('node', [join(checkout, 'packaging/debian/build.mjs'), ...words])).trim();
}
