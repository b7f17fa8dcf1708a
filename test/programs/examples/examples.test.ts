import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { hvkvp, hvkvpProgram, RunningHvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = join(import.meta.dirname, '../../..');
const examples = join(root, 'examples');
const read = (name: string): string => readFileSync(join(examples, name), 'utf8');

/** A folder with pools, and a PATH on which `hvkvp` uses them. */
function guest() {
  const folder = temporaryFolder();
  const pools = join(folder, 'pools');
  mkdirSync(pools);
  writeFileSync(
    join(folder, 'hvkvp'),
    `#!/bin/sh\nexec '${process.execPath}' '${hvkvpProgram}' "$@" --pool-dir '${pools}'\n`,
    { mode: 0o755 },
  );
  const run = (words: readonly string[]) =>
    spawnSync(words[0] ?? '', words.slice(1), {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    });
  const tell = (key: string, value: string) => hvkvp(['set', key, value, '--pool', 'external', '--pool-dir', pools]);
  return { folder, pools, run, tell };
}

/** The names of commands and options in lines that begin with `hvkvp`, which the program must have. */
function unknownIn(line: string): readonly string[] {
  const words = line.trim().split(/\s+/).slice(1);
  let command: Command = createProgram();
  while (command.commands.some((each) => each.name() === words[0])) {
    const name = words.shift();
    command = command.commands.find((each) => each.name() === name) ?? command;
  }
  const options = command.options.flatMap(({ short, long }) => [short, long]);
  return words.filter((word) => word.startsWith('-') && !options.includes(word));
}

describe('the example for', () => {
  it('cloud-init waits for a key of the host and tells it so', () => {
    const { folder, pools, run, tell } = guest();
    const { write_files: files, runcmd } = parse(read('cloud-init/user-data.yml')) as {
      readonly write_files: readonly { readonly path: string; readonly content: string }[];
      readonly runcmd: readonly (readonly string[])[];
    };
    expect(runcmd).toEqual([[files[0]?.path]]);
    const script = join(folder, 'take-role');
    writeFileSync(script, files[0]?.content.replaceAll('/etc/role', join(folder, 'role')) ?? '', { mode: 0o755 });
    tell('Role', 'database');
    expect(run([script])).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'role'), 'utf8')).toBe('database\n');
    expect(hvkvp(['get', 'RoleTaken', '--pool-dir', pools]).stdout).toBe('database\n');
  });

  it('systemd waits for a key of the host and stores it', () => {
    const { folder, run, tell } = guest();
    const [, command = ''] = /^ExecStart=\/bin\/sh -c '(.*)'$/m.exec(read('systemd/wait-for-owner.service')) ?? [];
    tell('Owner', 'Grace');
    expect(run(['/bin/sh', '-c', command.replaceAll('/etc/owner', join(folder, 'owner'))])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readFileSync(join(folder, 'owner'), 'utf8')).toBe('Grace\n');
  });

  it('systemd runs a program for each change of a key that its instance names', async () => {
    const { folder, pools, tell } = guest();
    const text = read('systemd/hvkvp-on-change@.service');
    const [, words = ''] = /^ExecStart=\/usr\/bin\/hvkvp (.*)$/m.exec(text) ?? [];
    const told = join(folder, 'told');
    const program = join(folder, 'Owner');
    writeFileSync(program, `#!/bin/sh\necho "$HVKVP_CHANGE $HVKVP_KEY $HVKVP_VALUE" >> '${told}'\n`, { mode: 0o755 });
    const own = words.replaceAll('/etc/hyperv-kvp/on-change/%i', program).replaceAll('%I', 'Owner');
    const options = Array.from(own.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');
    const watch = new RunningHvkvp(['watch', '--json', '--pool-dir', pools, ...options.slice(1)]);
    expect(await watch.line()).toContain('"watching"');
    tell('Other', 'x');
    tell('Owner', 'Grace Hopper');
    expect(await watch.line()).toContain('"status":0');
    expect(readFileSync(told, 'utf8')).toBe('added Owner Grace Hopper\n');
  });

  it('Ansible writes a configuration that the daemon takes', () => {
    const role = 'ansible/roles/hyperv_kvp';
    const values = parse(read(`${role}/defaults/main.yml`)) as Record<string, unknown>;
    const written = read(`${role}/templates/hyperv-kvp.toml.j2`).replaceAll(
      /\{\{ (\w+)( \| to_json)? \}\}/g,
      (_, name: string, asJson?: string) =>
        asJson === undefined ? String(values[name]) : JSON.stringify(values[name]),
    );
    const file = join(temporaryFolder(), 'hyperv-kvp.toml');
    writeFileSync(file, written);
    const daemon = join(root, 'dist/bin/hv_kvp_daemon.js');
    const checked = spawnSync(process.execPath, [daemon, '--check-config', '--config', file], { encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    const used = [...written.matchAll(/^(\w+) = /gm)].map(([, name]) => name);
    expect(used).toEqual(['mode', 'interfaces', 'port']);
  });

  it('Ansible is valid YAML, and notifies only handlers that are there', () => {
    const files = readdirSync(join(examples, 'ansible'), { recursive: true, encoding: 'utf8' });
    const parsed = files
      .filter((name) => name.endsWith('.yml'))
      .map(
        (name) => [name, parse(read(join('ansible', name))) as readonly { name?: string; notify?: string }[]] as const,
      );
    const of = (name: string) => parsed.find(([file]) => file.endsWith(name))?.[1] ?? [];
    const handlers = of('handlers/main.yml').map(({ name }) => name);
    const notified = of('tasks/main.yml').flatMap(({ notify }) => notify ?? []);
    expect(notified).toHaveLength(1);
    expect(handlers).toEqual(notified);
  });

  it('Packer runs only commands that exist', () => {
    const lines = [...read('packer/guest.pkr.hcl').matchAll(/^\s+"(hvkvp .*)",$/gm)].map(([, line = '']) => line);
    expect(lines).toHaveLength(2);
    expect(lines.flatMap(unknownIn)).toEqual([]);
  });

  it.each(readdirSync(examples).filter((name) => !name.includes('.')))('%s is named in the documents', (name) => {
    expect(readFileSync(join(root, 'docs/recipes.md'), 'utf8')).toContain(`../examples/${basename(name)}`);
  });
});
