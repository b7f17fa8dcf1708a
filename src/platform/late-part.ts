const parts: (() => Promise<unknown>)[] = [];

/** A part of the program that is loaded when it is first needed, and once: an upgrade deletes the files of a program that runs. */
export function latePart<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  const part = (): Promise<T> => (loading ??= load());
  parts.push(part);
  return part;
}

/** Loads every part that this program may need later, one after another, so that requests are answered in between. */
export async function loadLateParts(): Promise<void> {
  // Parts that come with a part are appended meanwhile.
  for (const part of parts) await part();
}
