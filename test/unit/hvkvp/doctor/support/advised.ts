/** The commands of hvkvp that remedies name; each is run by a test, and no remedy names another. */
export const known: readonly string[] = [
  'hvkvp config',
  'hvkvp ip show',
  'hvkvp list',
  'hvkvp clear --pool auto-external --if-stale',
];

/** The commands of hvkvp that a remedy names, as a shell takes them. */
export function advisedCommands(remedy: string): readonly string[] {
  return remedy.match(/\bhvkvp [^;,]+/g) ?? [];
}
