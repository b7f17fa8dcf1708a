import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { compiledFor, toolFor } from './architecture.mjs';
import { checkout, run } from './package-tree.mjs';

/** @typedef {import('./package-tree.mjs').PackageTree} PackageTree */
/** @typedef {import('./architecture.mjs').Architecture} Architecture */

/** Where the units look for it. */
const program = 'usr/lib/hyperv-kvp';
/**
 * What distributions call the unit, and we. Scripts use the name of their distribution, so that is the name of the unit's file; the others
 * are links beside it, by which systemctl takes every verb. It takes them by no name that Alias= makes.
 */
const unitNames = ['hv-kvp-daemon.service', 'hypervkvpd.service', 'hv_kvp_daemon.service', 'hyperv-kvp.service'];
const ownDaemon = '/usr/sbin/hv_kvp_daemon';
const libraryMode = 0o644;
const programMode = 0o755;

/**
 * What every package for Linux holds. Programs are bundled, so there are no packages of npm; the library for programs comes
 * from npm only.
 * @param {PackageTree} tree
 * @param {object} options
 * @param {Architecture} options.architecture
 * @param {string} [options.runtime] a folder with Node, if the package is to carry it
 * @param {string} options.zshCompletions where the distribution keeps them
 * @param {string} options.unit what it calls the stock daemon's unit
 * @param {string} options.daemon and its program, by which the unit starts ours
 * @param {string} [options.folder] of what the programs run, if it is not /usr/lib/hyperv-kvp
 * @param {string} [options.daemons] the folder of the daemon, if it is not /usr/sbin
 */
export function stage(tree, options) {
  const { architecture, runtime, zshCompletions, unit, daemon, folder = program, daemons = 'usr/sbin' } = options;
  addProgram(tree, folder, architecture, runtime, daemons);
  addSystemFiles(tree, folder, unit, `/${daemons}/${daemon}`);
  addHelpers(tree);
  tree.copy('packaging/apparmor/hyperv-kvp', 'usr/share/apparmor/extra-profiles/hyperv-kvp');
  addManual(tree);
  addCompletions(tree, zshCompletions);
  for (const path of ['hyperv-kvp.toml', 'prometheus/hyperv-kvp.rules.yml', 'grafana/hyperv-kvp.json']) {
    tree.copy(join('examples', path), join('usr/share/doc/hyperv-kvp/examples', path));
  }
}

/**
 * @param {PackageTree} tree
 * @param {string} folder
 * @param {Architecture} architecture
 * @param {string | undefined} runtime
 * @param {string} daemons
 */
function addProgram(tree, folder, architecture, runtime, daemons) {
  for (const path of ['package.json', 'dist/parts']) tree.copy(path, join(folder, path));
  const strip = toolFor(architecture, 'strip');
  for (const [name, mode] of /** @type {const} */ ([
    ['hv_kvp.node', libraryMode],
    ['launcher', programMode],
  ])) {
    const compiled = join(folder, 'build/Release', name);
    tree.copy(join(compiledFor(architecture), name), compiled);
    run(strip, '--strip-unneeded', '--remove-section=.comment', tree.at(compiled));
    chmodSync(tree.at(compiled), mode);
  }
  const link = join(folder, 'bin/node');
  const node = tree.at(link);
  mkdirSync(dirname(node), { recursive: true });
  if (runtime === undefined) {
    // The distribution's, whatever else root's PATH leads to; relative, as Debian wants links within one top folder.
    symlinkSync(relative(dirname(link), 'usr/bin/node'), node);
  } else {
    cpSync(join(runtime, 'bin/node'), node);
    run(strip, '--strip-unneeded', '--remove-section=.comment', node);
  }
  for (const path of [join(daemons, 'hv_kvp_daemon'), join(folder, 'hyperv-kvp-helper'), 'usr/bin/hvkvp']) {
    const started = join(folder, 'dist/bin', basename(path));
    tree.copy(`dist/bin/${basename(path)}.js`, `${started}.js`);
    tree.writeProgram(started, readFileSync(join(checkout, 'dist/bin', basename(path)), 'utf8'));
    mkdirSync(dirname(tree.at(path)), { recursive: true });
    symlinkSync(relative(dirname(path), started), tree.at(path));
  }
}

/** @param {PackageTree} tree @param {string} folder @param {string} unit @param {string} daemon */
function addSystemFiles(tree, folder, unit, daemon) {
  const [ownUnit, helper] = ['hyperv-kvp.service', 'hyperv-kvp-helper.service'];
  for (const name of readdirSync(join(checkout, 'packaging/systemd'))) {
    if (name !== ownUnit) tree.copy(`packaging/systemd/${name}`, placeOf(name));
  }
  const helperText = readFileSync(join(checkout, 'packaging/systemd', helper), 'utf8');
  tree.write(placeOf(helper), helperText.replaceAll(`/${program}/`, `/${folder}/`));
  const text = readFileSync(join(checkout, 'packaging/systemd', ownUnit), 'utf8');
  tree.write(placeOf(unit), text.replaceAll(ownDaemon, daemon));
  // A process is called by the name that it was started by; the other name stays, for scripts.
  if (basename(daemon) !== basename(ownDaemon)) symlinkSync(basename(ownDaemon), tree.at(daemon.slice(1)));
  for (const name of unitNames) if (name !== unit) symlinkSync(unit, tree.at(placeOf(name)));
}

/** @param {string} name */
function placeOf(name) {
  switch (extname(name)) {
    case '.rules':
      return `usr/lib/udev/rules.d/${name}`;
    case '.sysusers':
      return `usr/lib/sysusers.d/${basename(name, '.sysusers')}.conf`;
    default:
      return `usr/lib/systemd/system/${name}`;
  }
}

/** What the stock daemon would have called, under its names. @param {PackageTree} tree */
function addHelpers(tree) {
  const folder = 'packaging/linux/libexec';
  for (const name of readdirSync(join(checkout, folder))) {
    tree.writeProgram(`usr/libexec/hypervkvpd/${name}`, readFileSync(join(checkout, folder, name), 'utf8'));
  }
}

/** @param {PackageTree} tree */
function addManual(tree) {
  for (const page of readdirSync(join(checkout, 'man'))) {
    const section = page.slice(page.lastIndexOf('.') + 1);
    tree.writePacked(`usr/share/man/man${section}/${page}`, readFileSync(join(checkout, 'man', page)));
  }
}

/** @param {PackageTree} tree @param {string} zshCompletions */
function addCompletions(tree, zshCompletions) {
  for (const [shell, path] of [
    // These two shells look for a file of the program's name.
    ...['hvkvp', 'hv_kvp_daemon', 'hypervkvpd'].flatMap((name) => [
      ['bash', `usr/share/bash-completion/completions/${name}`],
      ['fish', `usr/share/fish/vendor_completions.d/${name}.fish`],
    ]),
    ['zsh', `${zshCompletions}/_hvkvp`],
  ]) {
    const words = [join(checkout, 'dist/bin/hvkvp.js'), 'completion', String(shell)];
    tree.write(String(path), run(process.execPath, ...words));
  }
}
