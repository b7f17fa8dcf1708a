import { isSystemError } from '../device/system-error.ts';

const parts: (() => Promise<unknown>)[] = [];

/** A part of the program that is loaded when it is first needed, and once: an upgrade deletes the files of a program that runs. */
export function latePart<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const part = (): Promise<T> => (loading ??= load());
  parts.push(part);
  return part;
}

/**
 * Loads every part that this program may need later, one after another, so that requests are answered in between. A part that cannot be
 * read, for want of descriptors or memory, is reported: Node will not read it again, so that what needs it fails until the program is
 * restarted.
 */
export async function loadLateParts(report: (trouble: string) => void): Promise<void> {
  // Parts that come with a part are appended meanwhile.
  for (const part of parts) {
    try {
      await part();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      report(`cannot load a part of the program; restart required: ${error.message}`);
    }
  }
}
