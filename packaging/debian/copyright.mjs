import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../linux/package-tree.mjs';

const apache = 'On Debian systems, the full text is in /usr/share/common-licenses/Apache-2.0.';

/** A file in the format that Debian's machines read: our licence, and that of each package in our programs. @param {string} [runtime] */
export function copyright(runtime) {
  const own = readFileSync(join(checkout, 'LICENSE'), 'utf8');
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: hyperv-kvp\n',
    stanza({ files: '*', name: 'hyperv-kvp', licence: 'BSD-2-Clause', text: own }),
    ...bundled().map(({ name, licence, text }) => stanza({ files: `node_modules/${name}/*`, name, licence, text })),
    ...(runtime === undefined ? [] : [nodeStanza(runtime)]),
  ].join('\n');
}

/** The packages in our programs, as `scripts/bundle.mjs` lists them: a line with name, version and licence, then its text. */
function bundled() {
  const list = readFileSync(join(checkout, 'dist/parts/LICENSES'), 'utf8');
  const [, ...parts] = list.split(/^(\S+) \d\S* \((\S+)\)$/m);
  return Array.from({ length: parts.length / fieldCount }, (_, index) => {
    const [name = '', licence = '', text = ''] = parts.slice(index * fieldCount);
    return { name, licence, text };
  });
}

const fieldCount = 3;

/** @param {{ files: string, name: string, licence: string, text: string }} part */
function stanza({ files, name, licence, text }) {
  const holders = text.match(/(?<=^\W*Copyright\b(?: \(c\))? ).*\w.*$/gim)?.filter((line) => /\d{4}/.test(line)) ?? [];
  const [first = `the authors of ${name}`, ...others] = holders.map((line) => line.trim());
  const body = licence === 'Apache-2.0' ? apache : text;
  return `Files: ${files}\nCopyright: ${[first, ...others].join('\n           ')}\nLicense: ${licence}\n${indented(body)}\n`;
}

/** @param {string} runtime */
function nodeStanza(runtime) {
  const text = readFileSync(join(runtime, 'LICENSE'), 'utf8');
  return `Files: usr/lib/hyperv-kvp/bin/node\nCopyright: Node.js contributors, and those named below\nLicense: Node.js\n${indented(text)}\n`;
}

/** As the text of a field: no line is empty. @param {string} text */
function indented(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line.trimEnd()}`))
    .join('\n');
}
