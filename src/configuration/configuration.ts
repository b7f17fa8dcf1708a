import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';
import { parseRange } from '../ip-information/parse.ts';
import { backEndNames } from '../ip-information/plan.ts';
import { levelNames } from '../log/level.ts';
import { readForeignFile } from '../platform/foreign-file.ts';
import { latePart } from '../platform/late-part.ts';
import { carriedLimits } from '../pools/limits.ts';
import { ConfigurationError } from './configuration-error.ts';
import { expectation } from './expectation.ts';

const lastPort = 65_535;
/** What is kept of a file beyond that no process has room for. */
const mostRecords = 800_000;
/** For system calls, "leave it as it is". */
const noId = 2 ** 32 - 1;
/** Of Node's timers; a longer time would be none. */
const longestMs = 2 ** 31 - 1;
const withoutNul = v.check((text: string) => !text.includes('\0'), 'must not contain a NUL');
const path = v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'), withoutNul);

const fileMode = v.pipe(
  v.string(({ input }) =>
    typeof input === 'number' && /^[0-7]{3}$/.test(String(input))
      ? `must be in quotes, as octal digits: "0${input}"`
      : 'must be four octal digits in quotes, such as "0600"',
  ),
  v.regex(/^0[0-7]{3}$/, 'must be four octal digits in quotes, such as "0600"'),
  v.transform((digits) => Number.parseInt(digits, 8)),
);

const socketPath = v.pipe(
  v.string(),
  v.check((text) => text === '' || text.startsWith('/'), 'must be an absolute path, or "" for none'),
  withoutNul,
);

const user = v.pipe(
  v.string(),
  v.regex(
    /^$|^[a-z_][\w-]*$|^\d+:\d+$/,
    'must be a user\'s name, or two numbers such as "990:990", or "" to stay root',
  ),
  v.check((text) => !text.includes(':') || text.split(':').every((id) => Number(id) < noId), 'is not a user and group'),
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
  gateway_ranges: v.optional(v.array(addressRange)),
  dns_ranges: v.optional(v.array(addressRange)),
  gateway: v.optional(v.boolean()),
  dns: v.optional(v.boolean()),
  dhcp: v.optional(v.boolean()),
  ipv4: v.optional(v.boolean()),
  ipv6: v.optional(v.boolean()),
  changes_a_minute: v.optional(count),
  verify: v.optional(v.boolean()),
  deadline_ms: v.optional(v.pipe(count, v.minValue(1), v.maxValue(longestMs))),
  script: v.optional(path),
  script_arguments: v.optional(v.picklist(['both', 'ifcfg'])),
});

const pattern = v.pipe(
  v.string(),
  v.regex(/^[^\s/]+$/, 'must be the name of an interface or a pattern such as "eth*"'),
);

/** In UTF-8; the driver needs the rest of the field. */
const within = (bytes: number) =>
  v.check((text: string) => Buffer.byteLength(text) <= bytes, `must not be longer than ${bytes} bytes`);
const reportedKey = v.pipe(v.string(), v.minLength(1, 'must not be empty'), within(carriedLimits.key));
const reportedValue = v.union(
  [
    v.pipe(v.string(), within(carriedLimits.value)),
    v.strictObject({ file: path }),
    v.strictObject({ guest_key: reportedKey }),
  ],
  `must be a text of at most ${carriedLimits.value} bytes, { file = "/path" } or { guest_key = "name" }`,
);

const report = v.strictObject({
  interfaces: v.optional(v.array(pattern)),
  denied_interfaces: v.optional(v.array(pattern)),
  families: v.optional(v.array(v.picklist(['ipv4', 'ipv6']))),
  link_local: v.optional(v.boolean()),
  rdp_addresses: v.optional(v.boolean()),
  keys: v.optional(v.record(reportedKey, reportedValue)),
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
      lock_timeout_ms: v.optional(v.pipe(count, v.maxValue(longestMs))),
      journal: v.optional(v.picklist(['when-possible', 'required'])),
      max_records: v.optional(v.pipe(count, v.minValue(1), v.maxValue(mostRecords))),
    }),
  ),
  ip_injection: v.optional(ipInjection),
  report: v.optional(report),
  control: v.optional(v.strictObject({ socket: v.optional(socketPath) })),
  privileges: v.optional(v.strictObject({ user: v.optional(user), helper: v.optional(socketPath) })),
  metrics: v.optional(v.strictObject({ port: v.optional(v.pipe(count, v.maxValue(lastPort))) })),
});

export type Configuration = v.InferOutput<typeof configurationSchema>;

const explanation = latePart(() => Promise.all([import('./configuration-line.ts'), import('./similar-key.ts')]));

/** Reads a TOML file, of which `text` is what it says. Throws {@link ConfigurationError} for that, a system error if it cannot be read. */
export async function readConfiguration(file: string, text = readForeignFile(file).toString()): Promise<Configuration> {
  const result = v.safeParse(configurationSchema, parseText(file, text), { message: expectation });
  if (result.success) return result.output;
  const [{ keyLines }, { keysOf, placeOf, similarKey }] = await explanation();
  const lineOf = keyLines(text);
  const problems = result.issues.map((issue) => {
    const keys = issue.path?.map((part) => String(part.key)) ?? [];
    const problem =
      issue.expected === 'never'
        ? unknownKey(
            similarKey(keys.at(-1) ?? '', keysOf(configurationSchema, keys.slice(0, -1))),
            placeOf(keys.at(-1) ?? '', configurationSchema),
          )
        : issue.message;
    return `${file}:${lineOf(keys)}: ${keys.join('.')}: ${problem}`;
  });
  throw new ConfigurationError(problems.join('\n'));
}

function unknownKey(similar: string | undefined, place: string | undefined): string {
  if (place !== undefined) return `unknown key here; it belongs ${place}`;
  return similar === undefined ? 'unknown key' : `unknown key; did you mean ${similar}?`;
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
