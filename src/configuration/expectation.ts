import type * as v from 'valibot';

const kinds: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list, such as ["eth0"]',
  strict_object: 'a table',
};

/** What a value must be instead, for whoever wrote the file: "must be …". */
export function expectation({ type, expected, received }: v.BaseIssue<unknown>): string {
  if (type === 'picklist') return `must be ${alternatives(expected ?? '')}, not ${received}`;
  if (type === 'min_value') return `must be at least ${bound(expected)}, not ${received}`;
  if (type === 'max_value') return `must be at most ${bound(expected)}, not ${received}`;
  return `must be ${kinds[type] ?? String(expected)}, not ${received}`;
}

/** From `("a" | "b" | "c")`. */
function alternatives(expected: string): string {
  return expected
    .replaceAll(/[()]/g, '')
    .replaceAll(' | ', ', ')
    .replace(/, ([^,]*)$/, ' or $1');
}

/** From `>=0`. */
function bound(expected: string | null): string {
  return String(expected).replace(/^[<>]=/, '');
}
