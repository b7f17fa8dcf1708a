/** Values by name; undefined for those that go. */
export type Assigned = ReadonlyMap<string, string | undefined>;

/**
 * A text of `NAME=value` lines with other values: in their places, in the quotes that are there. What is new comes at the end. Of a
 * name that is assigned several times the last counts.
 */
export function assigned(text: string, values: Assigned): string {
  const lines = text.split(/(?<=\n)/);
  const names = lines.map((line) => lineForm.exec(line)?.groups?.['name']);
  const lastOf = new Map(names.map((name, index) => [name, index]));
  const kept = lines.flatMap((line, index) => {
    const name = names[index];
    if (name === undefined || !values.has(name)) return [line];
    const value = values.get(name);
    return value === undefined || lastOf.get(name) !== index ? [] : [withValue(line, value)];
  });
  const added = Array.from(values).flatMap(([name, value]) =>
    value === undefined || lastOf.has(name) ? [] : [`${name}=${value.includes(' ') ? `"${value}"` : value}\n`],
  );
  const rest = kept.join('');
  return `${rest}${rest === '' || rest.endsWith('\n') || added.length === 0 ? '' : '\n'}${added.join('')}`;
}

const lineForm =
  /^(?<head>[^\S\n]*(?:export[^\S\n]+)?(?<name>[A-Za-z_]\w*)=)(?<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s#]*)(?<rest>[^]*)$/;

function withValue(line: string, value: string): string {
  const { head = '', value: former = '', rest = '' } = lineForm.exec(line)?.groups ?? {};
  const quote = /^["']/.exec(former)?.[0] ?? (value.includes(' ') ? '"' : '');
  return former === `${quote}${value}${quote}` ? line : `${head}${quote}${value}${quote}${rest}`;
}
