import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { unlessFails } from '../device/system-error.ts';
import { readOwn, replaceFile } from '../ip-information/durable-file.ts';
import { isRootsOnly } from '../platform/roots-only.ts';
import { readForeignFile } from '../platform/foreign-file.ts';
import { latePart } from '../platform/late-part.ts';
import { privateModes } from '../platform/private-modes.ts';
import type { ReadFile } from './origin.ts';

/** Where there is no file, a program starts sooner without it. */
export const configurationReader = latePart(() => import('./configuration.ts'));

/**
 * The last configuration, which says what is allowed in IP injection, if there was one and there is none now: a file that has vanished, or is empty while
 * somebody saves it, allows nothing that it did not allow before. Undefined if the present one counts, or nobody remembers.
 */
export async function lastInjection(file: string, memory: string): Promise<ReadFile | undefined> {
  if (textOf(file) !== '' || !existsSync(memory) || !isRootsOnly(dirname(memory))) return undefined;
  const text = unlessFails(() => readOwn(memory)) ?? '';
  if (text === '') return undefined;
  const { readConfiguration } = await configurationReader();
  const readAt = new Date().toISOString();
  return { path: memory, text, configuration: await readConfiguration(memory, text), readAt };
}

/** Keeps a configuration that was read, for the time when it is gone. One that cannot be kept is not remembered. */
export function rememberConfiguration(file: string, memory: string): void {
  const text = textOf(file);
  const folder = dirname(memory);
  if (text === '' || text === file || !existsSync(dirname(folder)) || !isRootsOnly(folder)) return;
  unlessFails(() => {
    if (text === readOwn(memory)) return;
    if (!existsSync(folder)) mkdirSync(folder, { mode: privateModes.folder });
    replaceFile(memory, Buffer.from(text), { mode: privateModes.file });
  });
}

/** "" for a file that says nothing or is not there. What is no file, such as /dev/null, is somebody's wish. */
function textOf(file: string): string {
  const text = unlessFails(() => (statSync(file).isFile() ? readForeignFile(file).toString() : file));
  return text === undefined || text.trim() === '' ? '' : text;
}
