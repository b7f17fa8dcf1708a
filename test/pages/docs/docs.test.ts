import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { parseArguments, usage } from '../../../src/process/arguments.ts';
import { configurationSchema, readConfiguration } from '../../../src/configuration/configuration.ts';
import { loadSettings } from '../../../src/configuration/settings.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');
const example = 'examples/hyperv-kvp.toml';

/** The first code block of a language. */
function block(text: string, language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? '';
}

function optionsIn(text: string): string[] {
  return [...new Set(text.match(/--[a-z-]+/g))].sort();
}

/** The names of packages in the first column of tables. */
function packagesIn(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))
    .sort();
}

describe('the README', () => {
  it('names every option of the daemon, and no other', () => {
    const table = readme.split('\n').filter((line) => line.startsWith('| `-'));
    expect(optionsIn(table.join('\n'))).toEqual(optionsIn(usage));
  });

  it('shows the example configuration', () => {
    const withoutTitle = read(example).split('\n').slice(2).join('\n');
    expect(block(readme, 'toml')).toBe(withoutTitle);
  });

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm (?:run )?(test(?::[a-z-]+)?|demo|bench)\b/g)].map(([, name = '']) => name);
    expect(named).not.toHaveLength(0);
    for (const name of named) expect(scripts).toHaveProperty(name);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
    expect(links).not.toHaveLength(0);
    for (const path of links) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

describe('the example configuration', () => {
  it('has every key that there is', () => {
    const given = parse(read(example));
    for (const [key, schema] of Object.entries(configurationSchema.entries)) {
      expect(given).toHaveProperty([key]);
      if (schema.wrapped.type === 'strict_object') {
        expect(Object.keys(given[key] as object), key).toEqual(Object.keys(schema.wrapped.entries));
      }
    }
    expect(Object.keys(given)).toEqual(Object.keys(configurationSchema.entries));
  });

  it('has the defaults of Linux', async () => {
    const given = { ...parseArguments([]), system: 'linux' } as const;
    const withExample = await loadSettings({ ...given, configuration: join(root, example) });
    const withEmpty = await loadSettings({ ...given, configuration: '/dev/null' });
    const own = { platform: undefined, configuration: undefined, origin: undefined };
    expect({ ...withExample, ...own }).toEqual({ ...withEmpty, ...own });
    expect(await readConfiguration(join(root, example))).not.toEqual({});
  });
});

describe('the list of dependencies', () => {
  it('names every package that we depend on, and no other', () => {
    const own = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const named = packagesIn(read('docs/dependencies.md'));
    expect(named).toEqual(Object.keys({ ...own.dependencies, ...own.devDependencies }).sort());
  });
});
