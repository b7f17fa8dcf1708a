/** Whether a name fits a pattern as shells have it: "*" for any characters, "?" for one. */
export function fits(pattern: string, name: string): boolean {
  const words = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${words.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
