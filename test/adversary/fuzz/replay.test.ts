import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessageFile } from './support/message-file.ts';
import { replay } from './support/replay.ts';

const folder = join(import.meta.dirname, 'findings');
const { HYPERV_KVP_FUZZ_REPLAY: wanted } = process.env;
const files = wanted === undefined ? readdirSync(folder).map((name) => join(folder, name)) : [wanted];

describe('messages that found something, in this daemon or in one with a fault put in', () => {
  it.each(files.map((file) => [basename(file), file]))(
    '%s gets the replies that the protocol says',
    async (_, file) => {
      expect(await replay(readMessageFile(file))).toBe('');
    },
  );
});
