import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { addonFor } from './architecture.mjs';
import { checkout, run } from './package-tree.mjs';

/** @typedef {import('./package-tree.mjs').PackageTree} PackageTree */
/** @typedef {import('./architecture.mjs').Architecture} Architecture */

const program = 'usr/lib/hyperv-kvp';
const libraryMode = 0o644;

/**
 * What every package for Linux holds. Programs are bundled, so there are no packages of npm; the library for programs comes
 * from npm only.
 * @param {PackageTree} tree
 * @param {object} options
 * @param {Architecture} options.architecture
 * @param {string} [options.runtime] a folder with Node, if the package is to carry it
 * @param {string} options.zshCompletions where the distribution keeps them
 */
export function stage(tree, { architecture, runtime, zshCompletions }) {
  addProgram(tree, architecture, runtime);
  addSystemFiles(tree);
  addHelpers(tree);
  addManual(tree);
  addCompletions(tree, zshCompletions);
  tree.copy('examples/hyperv-kvp.toml', 'usr/share/doc/hyperv-kvp/examples/hyperv-kvp.toml');
}

/** @param {PackageTree} tree @param {Architecture} architecture @param {string} [runtime] */
function addProgram(tree, architecture, runtime) {
  for (const path of ['package.json', 'dist/parts']) tree.copy(path, join(program, path));
  const strip = `${architecture.compiler}-strip`;
  const addon = join(program, 'build/Release/hv_kvp.node');
  tree.copy(addonFor(architecture), addon);
  run(strip, '--strip-unneeded', '--remove-section=.comment', tree.at(addon));
  chmodSync(tree.at(addon), libraryMode);
  if (runtime !== undefined) {
    const node = tree.at(join(program, 'bin/node'));
    mkdirSync(dirname(node), { recursive: true });
    cpSync(join(runtime, 'bin/node'), node);
    run(strip, '--strip-unneeded', '--remove-section=.comment', node);
  }
  const node = runtime === undefined ? '/usr/bin/node' : `/${program}/bin/node`;
  for (const path of ['usr/sbin/hv_kvp_daemon', 'usr/lib/hyperv-kvp/hyperv-kvp-helper', 'usr/bin/hvkvp']) {
    const script = `dist/bin/${basename(path)}.js`;
    // Without the line that would have any Node run it.
    tree.write(join(program, script), readFileSync(join(checkout, script), 'utf8').replace(/^#!.*\n/, ''));
    tree.writeProgram(path, `#!/bin/sh\nexec ${node} /${program}/${script} "$@"\n`);
  }
}

/** @param {PackageTree} tree */
function addSystemFiles(tree) {
  for (const name of readdirSync(join(checkout, 'packaging/systemd'))) {
    tree.copy(`packaging/systemd/${name}`, placeOf(name));
  }
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
    ['bash', 'usr/share/bash-completion/completions/hvkvp'],
    ['fish', 'usr/share/fish/vendor_completions.d/hvkvp.fish'],
    ['zsh', `${zshCompletions}/_hvkvp`],
  ]) {
    const words = [join(checkout, 'dist/bin/hvkvp.js'), 'completion', String(shell)];
    tree.write(String(path), run(process.execPath, ...words));
  }
}
