import type { Command, Help, HelpConfiguration, Option } from 'commander';
import { examples, type Example } from './examples.ts';

/** Above the options that many commands have; the manual lists them once. */
export const commonOptions = 'Common options:';

/** A command's own options come first, wherever they were added. */
export const helpConfiguration: HelpConfiguration = {
  groupItems: <T extends Command | Option>(
    _: T[],
    items: T[],
    groupOf: (item: T) => string,
  ): ReturnType<typeof Help.prototype.groupItems<T>> => {
    const groups = new Map<string, T[]>();
    const last = (item: T): number => Number(groupOf(item) === commonOptions);
    for (const item of [...items].sort((one, other) => last(one) - last(other))) {
      const group = groupOf(item);
      groups.set(group, [...(groups.get(group) ?? []), item]);
    }
    return groups;
  },
};

/** Has the help of each command end in its examples; of one that has commands, in theirs. */
export function addExamples(command: Command, above: readonly string[] = []): void {
  for (const child of command.commands) {
    const path = [...above, child.name()];
    addExamples(child, path);
    child.addHelpText('after', () => helpText(examplesOf(path.join(' '))));
  }
}

/** Those of a command, or of the commands that it has. */
function examplesOf(command: string): readonly Example[] {
  const found = Object.entries(examples).filter(([name]) => name === command || name.startsWith(`${command} `));
  return found.flatMap(([, own]) => own);
}

function helpText(shown: readonly Example[]): string {
  return ['\nExamples:', ...shown.map(([line, meaning]) => `  ${line}\n      ${meaning}`)].join('\n');
}
