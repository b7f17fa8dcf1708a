import { readFileSync } from 'node:fs';

/** Of this package. */
export const packageFolder = new URL('../../', import.meta.url);

const { version: own } = JSON.parse(readFileSync(new URL('package.json', packageFolder), 'utf8')) as {
  version: string;
};

/** Of this package. */
export const version = own;
