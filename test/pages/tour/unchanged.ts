/** What was written down of a program's output, if a fresh run shows the same but for times and processes; else the fresh one. */
export function keptIfUnchanged(written: string, fresh: string): string {
  return withoutTimes(written) === withoutTimes(fresh) ? written : fresh;
}

/** Columns are as wide as the times in them, and in a picture a time stands where its length leads. */
function withoutTimes(text: string): string {
  return text
    .replaceAll(/<text [^>]+>(?=[\d.]+ (?:µs|ms|s)\b)/g, '<text>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<when>')
    .replaceAll(/\b[\d.]+ (?:µs|ms|s|min|h|d)\b(?: \d+ (?:s|min|h)\b)?/g, '<time>')
    .replaceAll(/(?<=lock waits +).+/g, '<waits>')
    .replaceAll(/process \d+/g, 'process <pid>')
    .replaceAll(/ +/g, ' ');
}
