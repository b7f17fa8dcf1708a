import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { printable } from '../../message/printable.ts';
import { privateModes } from '../../platform/private-modes.ts';
import { columns } from '../columns.ts';
import { type Output, writeJson } from '../output.ts';
import { withoutSecrets } from './mask.ts';
import { type Source, sourcesOf, type Surroundings } from './sources.ts';
import { tarOf } from './tar.ts';

const folder = 'hyperv-kvp-diagnosis';

/** What came of a source. */
interface Part {
  readonly file: string;
  readonly about: string;
  readonly bytes: number;
  /** Why it is not whole; "" if it is. */
  readonly trouble: string;
}

/** Writes an archive for a report of a mistake, a new file for this user only, and prints what is in it. Throws EEXIST rather than write over a file. */
export async function diagnose(file: string, surroundings: Surroundings, output: Output): Promise<void> {
  const fd = openSync(file, 'wx', privateModes.file);
  try {
    const now = new Date();
    const secrets = surroundings.settings.report.keys.flatMap(({ source }) =>
      source.from === 'literal' ? [source.text] : [],
    );
    const parts: Part[] = [];
    const files = [];
    for (const source of sourcesOf(surroundings)) {
      const { text, trouble } = await readingOf(source);
      const content = Buffer.from(withoutSecrets(text, secrets));
      parts.push({
        file: source.file,
        about: source.about,
        bytes: content.length,
        trouble: withoutSecrets(trouble, secrets),
      });
      if (content.length > 0) files.push({ name: `${folder}/${source.file}`, content });
    }
    const list = listOf(parts);
    const contents = {
      name: `${folder}/CONTENTS.txt`,
      content: Buffer.from(`Made at ${now.toISOString()}\n\n${list}`),
    };
    writeFileSync(fd, gzipSync(tarOf([contents, ...files], now)));
    if (output.json) writeJson(output, { file, contents: parts });
    else output.write(`${list}\nOnly you can read it. Look at it before you send it: tar -xzf ${printable(file)}\n`);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

/** Whatever goes wrong with one costs that one only: this is asked for when things go wrong. */
async function readingOf({ read }: Source): ReturnType<Source['read']> {
  try {
    return await read();
  } catch (error) {
    return { text: '', trouble: error instanceof Error ? error.message : String(error) };
  }
}

function listOf(parts: readonly Part[]): string {
  const rows = parts.map(({ file, about, bytes, trouble }) => [
    file,
    bytes === 0 ? 'none' : `${bytes} bytes`,
    trouble === '' ? about : `${about} (${trouble.split('\n').join(' ')})`,
  ]);
  return `${columns(rows).map(printable).join('\n')}\n`;
}
