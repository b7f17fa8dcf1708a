import { readFileSync } from 'node:fs';

/** Of this package. */
export const packageFolder = new URL('../../', import.meta.url);

/** Of this package. */
export const { version } = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')) as {
  readonly version: string;
};
