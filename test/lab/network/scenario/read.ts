import type { GuestFile } from '../environment/environment.ts';

export interface Shown {
  readonly shows?: readonly string[];
  readonly lacks?: readonly string[];
}

export interface SetStep {
  readonly adapter?: string;
  readonly family?: 'ipv4' | 'ipv6' | 'both' | 'none';
  readonly dhcp?: boolean;
  readonly addresses?: string;
  readonly subnets?: string;
  readonly gateways?: string;
  readonly dns?: string;
}

/** One step; which keys it has says what it is. */
export interface Step extends Omit<Shown, 'shows'> {
  readonly run?: string;
  readonly shows?: readonly string[] | Readonly<Record<string, string | boolean>>;
  readonly set?: SetStep;
  readonly get?: string;
  readonly enumerate?: number;
  readonly status?: string | number;
  readonly log?: readonly string[];
  readonly remember?: string;
  readonly of?: string;
  readonly same?: string;
  readonly carrier?: boolean;
  readonly restart?: 'manager' | 'daemon';
  readonly reboot?: true;
  readonly hvkvp?: readonly string[];
}

export interface Scenario {
  readonly title: string;
  readonly manager: string;
  readonly release: string;
  readonly packages: readonly string[];
  readonly remove: readonly string[];
  readonly files: Readonly<Record<string, GuestFile>>;
  readonly links: string | undefined;
  readonly carrier: boolean;
  readonly advertise: boolean;
  readonly daemon: 'root' | 'packaged';
  readonly configuration: string | undefined;
  readonly steps: readonly Step[];
}

type Text = string | { text?: string; base64?: string; mode?: string };

const keys = [
  ...[
    'title',
    'source',
    'manager',
    'release',
    'packages',
    'remove',
    'files',
    'links',
    'carrier',
    'advertise',
    'daemon',
  ],
  ...['configuration', 'steps'],
];
/** The keys of each kind of step, the first of which tells it. */
const kinds: readonly (readonly string[])[] = [
  ['run', 'shows', 'lacks'],
  ['set', 'status', 'log'],
  ['get', 'shows', 'lacks'],
  ['enumerate', 'shows'],
  ['remember', 'of'],
  ['same'],
  ['carrier'],
  ['restart'],
  ['reboot'],
  ['hvkvp', 'shows', 'lacks', 'status'],
];

/** Throws on anything that the format does not know. */
export function readScenario(text: string): Scenario {
  // What it may be is checked below.
  const read = JSON.parse(text) as Partial<Scenario> & { files?: Record<string, Text> };
  refuseOthers(Object.keys(read), keys, 'key');
  if (!read.title || !read.manager || !read.steps) throw new Error('no title, manager or steps');
  for (const step of read.steps) {
    const kind = kinds.find(([first = '']) => first in step);
    if (kind === undefined) throw new Error(`what is ${JSON.stringify(step)}?`);
    refuseOthers(Object.keys(step), kind, `key of ${kind[0] ?? ''}`);
  }
  return {
    title: read.title,
    manager: read.manager,
    release: read.release ?? 'bookworm',
    packages: read.packages ?? [],
    remove: read.remove ?? [],
    files: Object.fromEntries(Object.entries(read.files ?? {}).map(([path, file]) => [path, guestFile(file)])),
    links: read.links,
    carrier: read.carrier ?? true,
    advertise: read.advertise ?? false,
    daemon: read.daemon ?? 'root',
    configuration: read.configuration,
    steps: read.steps,
  };
}

function refuseOthers(found: readonly string[], known: readonly string[], what: string): void {
  const other = found.find((key) => !known.includes(key));
  if (other !== undefined) throw new Error(`unknown ${what}: ${other}`);
}

function guestFile(file: Text): GuestFile {
  if (typeof file === 'string') return { text: file };
  const { text = '', base64, mode } = file;
  const content = base64 === undefined ? { text } : { text, bytes: Buffer.from(base64, 'base64') };
  return { ...content, ...(mode !== undefined && { mode: Number.parseInt(mode, 8) }) };
}
