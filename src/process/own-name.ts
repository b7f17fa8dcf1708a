import { basename } from 'node:path';

const nodeNames: readonly string[] = ['node', 'nodejs', basename(process.execPath)];

/** The name that a program was started by, such as that of a link to it, where tools of the distribution look for it; `otherwise` where Node was. */
export function ownName(otherwise: string, argv0 = process.argv0): string {
  const name = basename(argv0);
  return name === '' || nodeNames.includes(name) ? otherwise : name;
}
