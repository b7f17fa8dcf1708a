import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conventions } from '../../../src/platform/freebsd/conventions.ts';

const root = join(import.meta.dirname, '../../..');
const packaging = join(root, 'packaging/freebsd');
const read = (path: string): string => readFileSync(join(packaging, path), 'utf8');
const makefile = read('port/Makefile');
const plist = read('port/pkg-plist').trim().split('\n');
const [head = '', targets = ''] = makefile.split('\npost-extract:\n');

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  name: string;
  version: string;
  homepage: string;
  license: string;
  bin: Record<string, string>;
  man: string[];
  files: string[];
  dependencies: Record<string, string>;
  bundleDependencies: boolean;
}; // as npm has it

/** A variable of the Makefile, without the ends of its lines. */
function variable(name: string): string {
  const value = new RegExp(`^${name}=\\t+((?:.*\\\\\\n)*.*)$`, 'm').exec(head)?.[1] ?? '';
  return value.replaceAll(/\s*\\\n\s*/g, ' ');
}

/** As ports call them: ours, and those of the packages in our programs. */
const licences = ['APACHE20', 'BSD2CLAUSE', 'BSD3CLAUSE', 'ISCL', 'MIT'];

/** The Porter's Handbook, "Order of Variables in Port Makefiles": the blocks, as far as we have any of them. */
const blocks = [
  ['PORTNAME', 'DISTVERSION', 'CATEGORIES', 'MASTER_SITES'],
  ['MAINTAINER', 'COMMENT', 'WWW'],
  ['LICENSE', 'LICENSE_COMB', ...licences.map((name) => `LICENSE_FILE_${name}`)],
  ['ONLY_FOR_ARCHS', 'ONLY_FOR_ARCHS_REASON'],
  ['BUILD_DEPENDS'],
  ['USES', 'USE_RC_SUBR'],
  ['WRKSRC'],
  ['USERS', 'GROUPS'],
  ['MODULE'],
];

describe('the port of FreeBSD', () => {
  it('has its variables in the blocks and the order that the Porter’s Handbook wants, each after tabs', () => {
    const paragraphs = head.trim().split('\n\n').slice(0, blocks.length);
    const names = paragraphs.map((text) => Array.from(text.matchAll(/^([A-Z_\d]+)=/gm), ([, name]) => name));
    expect(names).toEqual(blocks);
    for (const line of head.split('\n')) expect(line).toMatch(/^(?:[A-Z_\d]+=\t+\S.*|\t\t\S.*|#.*|)$/);
    expect(makefile.endsWith('\n\n.include <bsd.port.mk>\n')).toBe(true);
    expect(Array.from(targets.matchAll(/^([a-z-]+):$/gm), ([, name]) => name)).toEqual(['do-build', 'do-install']);
  });

  it('is of the package’s name and version, whose archive npm has under that name', () => {
    expect([variable('PORTNAME'), variable('DISTVERSION')]).toEqual([own.name, own.version]);
    expect(variable('MASTER_SITES')).toBe('https://registry.npmjs.org/${PORTNAME}/-/');
    expect(variable('WWW')).toBe(own.homepage);
  });

  it('is under the licences of all that it installs', () => {
    const bundled = readFileSync(join(root, 'dist/parts/LICENSES'), 'utf8').matchAll(/^\S+ \d\S* \((\S+)\)$/gm);
    const ours = [own.license, ...Array.from(bundled, ([, licence = '']) => licence)];
    const names = ours.map((name) => name.toUpperCase().replaceAll(/[-.]/g, '').replace(/^ISC$/, 'ISCL'));
    expect([...new Set(names)].sort()).toEqual(licences);
    expect([variable('LICENSE'), variable('LICENSE_COMB')]).toEqual([licences.join(' '), 'multi']);
    for (const name of licences) {
      const file = name === 'BSD2CLAUSE' ? 'LICENSE' : 'dist/parts/LICENSES';
      expect(variable(`LICENSE_FILE_${name}`)).toBe(`\${WRKSRC}/${file}`);
    }
  });

  it('tells how it is started, by the service and the variable of its script', () => {
    const message = read('port/pkg-message');
    expect(message).toMatch(/^\[\n\{ type: install\n {2}message: <<EOM\n[^]*\nEOM\n\}\n\]\n$/);
    const script = read('port/files/hyperv_kvp.in');
    const [, named = ''] = /sysrc (\w+)=YES/.exec(message) ?? [];
    expect(script).toContain(`rcvar="${named}"`);
    expect(message).toContain(`service ${variable('USE_RC_SUBR')} start`);
  });

  it('describes itself as portlint(1) wants', () => {
    const comment = variable('COMMENT');
    expect(comment.length).toBeLessThanOrEqual(70);
    expect(comment).toMatch(/^(?!An? |The )[A-Z].*[^.]$/);
    const description = read('port/pkg-descr');
    expect(description).not.toContain('WWW:');
    for (const line of description.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const uses = variable('USES').split(' ');
    expect(uses).toEqual([...uses].sort());
    expect(uses).toContain('nodejs:build,run');
    expect(variable('BUILD_DEPENDS')).toBe('npm${NODEJS_SUFFIX}>0:www/npm${NODEJS_SUFFIX}');
  });

  it('leaves the script of rc(8) to USE_RC_SUBR, which puts it in its place and on the list', () => {
    expect(variable('USE_RC_SUBR')).toBe('hyperv_kvp');
    const script = read(`port/files/${variable('USE_RC_SUBR')}.in`);
    expect(script.match(/%%\w+%%/g)).toEqual(['%%PREFIX%%']);
    expect(makefile.replace(/^USE_RC_SUBR.*$/m, '') + plist.join('\n')).not.toMatch(/rc\.d|hyperv_kvp\b/);
  });

  it('asks the ports tree for the numbers of its user and group', () => {
    const { user } = conventions;
    expect([variable('USERS'), variable('GROUPS')]).toEqual([user, user]);
    const [, uid = ''] =
      /^hyperv-kvp:\*:(\d+):\1::0:0:[^:]+:\/nonexistent:\/usr\/sbin\/nologin\n$/.exec(read('ports-tree/UIDs')) ?? [];
    expect(read('ports-tree/GIDs')).toBe(`${user}:*:${uid}:\n`);
    expect(Number(uid)).toBeLessThan(1000);
  });

  it('lists what it installs, and installs what the package has', () => {
    const pages = own.man.map((page) => `share/man/man${page.at(-1) ?? ''}/${page.slice('man/'.length)}.gz`);
    const programs = Object.keys(own.bin).map((name) => `bin/${name}`);
    const others = ['etc/devd/hyperv-kvp.conf', '%%EXAMPLESDIR%%/hyperv-kvp.toml'];
    expect([...plist].sort()).toEqual([...programs, ...pages, ...others].sort());
    expect(targets).toContain(`.for program in ${Object.keys(own.bin).join(' ')}\n`);
    expect(/^\.for page in (.*)$/m.exec(targets)?.[1]?.split(' ').sort()).toEqual(
      own.man.map((page) => page.slice('man/'.length)).sort(),
    );
    for (const [, path = ''] of targets.matchAll(/\$\{WRKSRC\}\/((?:packaging|examples)\/\S+)/g)) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(own.files).toContain(path.startsWith('examples/') ? 'examples' : 'packaging/freebsd');
    }
  });

  it('writes below the stage only, where no path is fixed', () => {
    const install = targets.slice(targets.indexOf('do-install:'));
    expect(makefile).not.toMatch(/\/usr\/local|\/usr\/bin/);
    for (const line of install
      .split('\n')
      .filter((each) => /^\t.*\$\{(?:INSTALL_|MKDIR|RLN|CHMOD|COPYTREE)/.test(each))) {
      expect(line).toMatch(/ \$\{STAGEDIR\}\S+$/);
    }
  });

  it('compiles what it installs, without the net, by the headers that come along', () => {
    expect(own.bundleDependencies).toBe(true);
    expect(Object.keys(own.dependencies)).toContain('node-addon-api');
    expect(makefile).toContain('${RM} -r ${WRKSRC}/prebuilds');
    expect(makefile).toMatch(/npm_config_nodedir=\$\{LOCALBASE\} npm run install --offline$/m);
    // USES=python installs it under the name of its version, which node-gyp does not look for.
    expect(makefile).toContain(' PYTHON=${PYTHON_CMD} ');
  });
});
