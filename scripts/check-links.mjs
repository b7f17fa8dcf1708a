// Checks that every link of the documentation site leads to a file and a heading of it. Links to other sites are not followed.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const site = 'build/site';
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html'))
  .map((name) => join(site, name));
const texts = new Map(pages.map((page) => [page, readFileSync(page, 'utf8')]));

/** @param {string} page */
function linksOf(page) {
  const links = texts.get(page)?.matchAll(/ (?:href|src)="([^"]+)"/g) ?? [];
  return Array.from(links, ([, link = '']) => link.replaceAll('&amp;', '&')).filter((link) => !/^[a-z]+:/.test(link));
}

/**
 * @param {string} page
 * @param {string} link
 */
function isDead(page, link) {
  const [path = '', heading = ''] = link.split('#').map(decodeURIComponent);
  const target = path === '' ? page : join(dirname(page), path.split('?')[0] ?? '');
  if (!existsSync(target)) return true;
  if (heading === '' || !target.endsWith('.html') || statSync(target).isDirectory()) return false;
  return texts.get(target)?.includes(`id="${heading}"`) !== true;
}

const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
const dead = links.filter(({ page, link }) => isDead(page, link));
for (const { page, link } of dead) console.error(`${relative(site, page)}: no such page or heading: ${link}`);
if (links.length === 0) console.error(`${site} has no links`);
process.exitCode = dead.length === 0 && links.length > 0 ? 0 : 1;
