import type { Command, Option } from 'commander';

/** A command with all words that may follow it. */
interface Completed {
  /** From the program's name on. */
  readonly path: readonly string[];
  readonly description: string;
  readonly subcommands: readonly string[];
  readonly options: readonly Option[];
  /** Of its first argument, if there are only so many. */
  readonly choices: readonly string[];
}

/** The script that makes a shell complete the words of a program: made of the program itself, so that it knows all of them. */
export function completion(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const commands = commandsOf(program, []);
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `#compdef hvkvp\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case 'fish':
      return fish(commands);
  }
}

function commandsOf(command: Command, above: readonly string[]): readonly Completed[] {
  const path = [...above, command.name()];
  const completed = {
    path,
    description: command.description(),
    subcommands: command.commands.map((each) => each.name()),
    options: command.options,
    choices: command.registeredArguments[0]?.argChoices ?? [],
  };
  return [completed, ...command.commands.flatMap((each) => commandsOf(each, path))];
}

/** The command is found by its words; then a value of an option, or all that may follow. Where nothing fits, names of files. */
function bash(commands: readonly Completed[]): string {
  const paths = commands.slice(1).map(({ path }) => `'${path.join(' ')}'`);
  const words = commands.map((each) => `    '${each.path.join(' ')}') words='${wordsOf(each).join(' ')}' ;;`);
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ argChoices }) => argChoices !== undefined)
      .map(
        ({ long, argChoices }) => `    '${path.join(' ')} ${long ?? ''}') words='${(argChoices ?? []).join(' ')}' ;;`,
      ),
  );
  const files = commands.flatMap(({ path, options }) =>
    options
      .filter(({ required, argChoices }) => required && argChoices === undefined)
      .map(({ long }) => `'${path.join(' ')} ${long ?? ''}'`),
  );
  return `_hvkvp() {
  local path=hvkvp word words=
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    case "$path $word" in ${paths.join('|')}) path="$path $word" ;; esac
  done
  case "$path" in
${words.join('\n')}
  esac
  case "$path \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    ${files.join('|')}) words= ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _hvkvp hvkvp
`;
}

function wordsOf({ subcommands, choices, options }: Completed): readonly string[] {
  return [...subcommands, ...choices, ...options.flatMap(({ long }) => long ?? []), '--help'];
}

function fish(commands: readonly Completed[]): string {
  return commands
    .flatMap((command) => {
      const [, ...words] = command.path;
      const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
      const unseen =
        command.subcommands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${command.subcommands.join(' ')}`];
      const condition = [...seen, ...unseen].join('; and ');
      const when = condition === '' ? '' : ` -n '${condition}'`;
      const below = commands.filter(({ path }) => path.slice(0, -1).join(' ') === command.path.join(' '));
      return [
        ...below.map(
          ({ path, description }) => `complete -c hvkvp -f${when} -a ${path.at(-1) ?? ''} -d ${quoted(description)}`,
        ),
        ...command.choices.map((choice) => `complete -c hvkvp -f${when} -a ${choice}`),
        ...command.options.map((option) => `complete -c hvkvp${when} ${fishOption(option)}`),
      ];
    })
    .join('\n')
    .concat('\n');
}

function fishOption({ long, short, required, argChoices, description }: Option): string {
  const names = [...(short === undefined ? [] : ['-s', short.slice(1)]), '-l', long?.replace('--', '') ?? ''];
  const value = argChoices === undefined ? (required ? ['-r'] : ['-f']) : ['-x', '-a', `'${argChoices.join(' ')}'`];
  return [...names, ...value, '-d', quoted(description)].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
