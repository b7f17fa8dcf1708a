import { dirname } from 'node:path';
import { listFolder, type Machine, readBytes, readStatus } from '../../machine.ts';
import { expandPath } from '../../expand-path.ts';
import { isUpByAnother } from './up.ts';
import { type Inclusion, type Mapping, readStatements, type Selection, type Stanza } from './statements.ts';

/** What interfaces(5) and all that it includes say, in the order in which ifup(8) reads it. */
export interface Interfaces {
  /** By path, one byte a character. */
  readonly texts: ReadonlyMap<string, string>;
  readonly stanzas: readonly Stanza[];
  readonly selections: readonly Selection[];
  readonly mappings: readonly Mapping[];
}

export const mainFile = '/etc/network/interfaces';

export function readInterfaces(machine: Machine): Interfaces {
  const texts = new Map<string, string>();
  const stanzas: Stanza[] = [];
  const selections: Selection[] = [];
  const mappings: Mapping[] = [];
  const read = (path: string): void => {
    const text = texts.has(path) ? undefined : readBytes(machine, path);
    if (text === undefined) return;
    texts.set(path, text);
    for (const statement of readStatements(text, path)) {
      if (statement.kind === 'iface') stanzas.push(statement);
      else if (statement.kind === 'selection') selections.push(statement);
      else if (statement.kind === 'mapping') mappings.push(statement);
      else for (const included of includedBy(machine, statement)) read(included);
    }
  };
  read(mainFile);
  return { texts, stanzas, selections, mappings };
}

/** Names that Debian's ifup(8) takes in from a folder; others, such as eth0.conf, the other ifupdowns take in, too. */
const plainName = /^[\w-]+$/;
const anyName = /^[^.]/;

function includedBy(machine: Machine, { path, isFolder, pattern }: Inclusion): readonly string[] {
  // wordexp(3) splits at blanks.
  const patterns = pattern.split(/\s+/).map((one) => (one.startsWith('/') ? one : `${dirname(path)}/${one}`));
  const found = patterns.flatMap((one) => expandPath(machine, one));
  if (!isFolder) return found.filter((one) => readStatus(machine, one)?.isFile());
  const name = isUpByAnother(machine) ? anyName : plainName;
  return found.flatMap((folder) =>
    listFolder(machine, folder)
      .filter((one) => name.test(one))
      .map((one) => `${folder}/${one}`),
  );
}
