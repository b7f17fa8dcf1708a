import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { parseRange } from '../ip-information/parse.ts';
import { backEndNames } from '../ip-information/plan.ts';
import { levelNames } from '../log/level.ts';
import { ConfigurationError } from './configuration-error.ts';

const octal = 8;
const lastPort = 65_535;
const path = v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'));

const fileMode = v.pipe(
  v.string(),
  v.regex(/^0[0-7]{3}$/, 'must be four octal digits in quotes, such as "0600"'),
  v.transform((digits) => Number.parseInt(digits, octal)),
);

const socketPath = v.pipe(
  v.string(),
  v.check((text) => text === '' || text.startsWith('/'), 'must be an absolute path, or "" for none'),
);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const addressRange = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const range = parseRange(dataset.value);
    if (range !== undefined) return range;
    addIssue({ message: 'must be a range of addresses such as "10.0.0.0/8"' });
    return NEVER;
  }),
);

const ipInjection = v.strictObject({
  mode: v.optional(v.picklist(['off', 'dry-run', 'apply'])),
  backend: v.optional(v.picklist(['auto', ...backEndNames])),
  interfaces: v.optional(v.array(v.string())),
  denied_interfaces: v.optional(v.array(v.string())),
  address_ranges: v.optional(v.array(addressRange)),
  gateway: v.optional(v.boolean()),
  dns: v.optional(v.boolean()),
  dhcp: v.optional(v.boolean()),
  ipv4: v.optional(v.boolean()),
  ipv6: v.optional(v.boolean()),
  changes_a_minute: v.optional(count),
  deadline_ms: v.optional(v.pipe(count, v.minValue(1))),
  script: v.optional(path),
  script_arguments: v.optional(v.picklist(['both', 'ifcfg'])),
});

/** Every key of the configuration file; any other is an error. */
export const configurationSchema = v.strictObject({
  device: v.optional(path),
  log_level: v.optional(v.picklist(levelNames)),
  core_dumps: v.optional(v.boolean()),
  pools: v.optional(
    v.strictObject({
      directory: v.optional(path),
      state_directory: v.optional(path),
      file_mode: v.optional(fileMode),
      durability: v.optional(v.picklist(['disk', 'memory'])),
      lock_timeout_ms: v.optional(count),
    }),
  ),
  ip_injection: v.optional(ipInjection),
  control: v.optional(v.strictObject({ socket: v.optional(socketPath) })),
  metrics: v.optional(v.strictObject({ port: v.optional(v.pipe(count, v.maxValue(lastPort))) })),
});

export type Configuration = v.InferOutput<typeof configurationSchema>;

/** Reads a TOML file. Throws {@link ConfigurationError} for what it says, a system error if it cannot be read. */
export async function readConfiguration(file: string): Promise<Configuration> {
  const text = readFileSync(file, 'utf8');
  const result = v.safeParse(configurationSchema, parseText(file, text));
  if (result.success) return result.output;
  const { lineOfKey } = await import('./configuration-line.ts');
  const problems = result.issues.map((issue) => {
    const keys = issue.path?.map((part) => String(part.key)) ?? [];
    const problem = issue.expected === 'never' ? 'unknown key' : issue.message;
    return `${file}:${lineOfKey(keys, text)}: ${keys.join('.')}: ${problem}`;
  });
  throw new ConfigurationError(problems.join('\n'));
}

function parseText(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [firstLine] = error.message.split('\n');
    throw new ConfigurationError(`${file}:${error.line}: ${firstLine ?? ''}`, { cause: error });
  }
}
