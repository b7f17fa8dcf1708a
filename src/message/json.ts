/** What a text in JSON says; undefined for any other text. */
export function parseJson(text: string, revive?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The members of an object in JSON; none for any other text. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(text);
  return typeof parsed === 'object' ? { ...parsed } : {};
}
