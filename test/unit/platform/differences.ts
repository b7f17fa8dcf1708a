import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where two folders of modules are not alike: a file or an export that one of them lacks, or that is something else there. */
export async function differences(one: string, other: string): Promise<readonly string[]> {
  const files = new Set([...readdirSync(one), ...readdirSync(other)]);
  const found = await Promise.all(
    Array.from(files)
      .sort()
      .map((file) => differencesIn(file, one, other)),
  );
  return found.flat();
}

async function differencesIn(file: string, one: string, other: string): Promise<readonly string[]> {
  const [lacking] = [one, other].filter((folder) => !readdirSync(folder).includes(file));
  if (lacking !== undefined) return [`${lacking} has no ${file}`];
  const [ours, theirs] = await Promise.all([one, other].map((folder) => exportsOf(join(folder, file))));
  const names = new Set([...Object.keys(ours ?? {}), ...Object.keys(theirs ?? {})]);
  return Array.from(names)
    .filter((name) => ours?.[name] !== theirs?.[name])
    .map((name) => `${file}: ${name} is ${ours?.[name] ?? 'missing'} and ${theirs?.[name] ?? 'missing'}`);
}

async function exportsOf(path: string): Promise<Readonly<Record<string, string>>> {
  const module = (await import(path)) as Record<string, unknown>; // what import() gives is any
  return Object.fromEntries(Object.entries(module).map(([name, value]) => [name, typeof value]));
}
