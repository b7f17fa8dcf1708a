import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import * as v from 'valibot';

const octal = 8;
const path = v.pipe(v.string(), v.startsWith('/', 'must be an absolute path'));

const fileMode = v.pipe(
  v.string(),
  v.regex(/^0[0-7]{3}$/, 'must be four octal digits in quotes, such as "0600"'),
  v.transform((digits) => Number.parseInt(digits, octal)),
);

/** Every key of the configuration file; any other is an error. */
export const configurationSchema = v.strictObject({
  device: v.optional(path),
  pools: v.optional(
    v.strictObject({
      directory: v.optional(path),
      state_directory: v.optional(path),
      file_mode: v.optional(fileMode),
      durability: v.optional(v.picklist(['disk', 'memory'])),
      lock_timeout_ms: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    }),
  ),
});

export type Configuration = v.InferOutput<typeof configurationSchema>;

/** A configuration that cannot be used; the message has a line for each problem that names file, line and key. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

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
