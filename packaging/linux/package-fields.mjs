import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './package-tree.mjs';

/** @type {{ readonly version: string, readonly homepage: string, readonly author: { readonly name: string, readonly url: string } }} */
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- package.json has them.
const fields = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));

export const { version, homepage } = fields;

/** Who answers for the packages, and where: at a page, since there is no mail address. */
export const maintainer = `${fields.author.name} <${fields.author.url}>`;
