import type { Command, Option } from 'commander';
import { poolName, poolNumbers } from '../message/pool.ts';
import { type DaemonOption, daemonNames, daemonOptions } from './daemon-options.ts';

/** A command with all words that may follow it. */
interface Completed {
  /** From the program's name on. */
  readonly path: readonly string[];
  readonly description: string;
  readonly subcommands: readonly string[];
  readonly options: readonly Option[];
  readonly words: readonly Word[];
  /** Whose keys are offered if no pool is named; all if undefined. */
  readonly pool: string | undefined;
}

/** What may be given for a command's word. */
interface Word {
  readonly choices: readonly string[];
  readonly isKey: boolean;
  /** Whether there may be any number of them. */
  readonly isLast: boolean;
}

const pools = poolNumbers.map(poolName);
/** Options that say where keys are looked for. */
const places = ['--config', '--pool-dir', '--state-dir', '--pool'];

/** The script that makes a shell complete the words of both programs: made of the programs themselves, so that it knows all of them. */
export function completion(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const commands = commandsOf(program, []);
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return `#compdef hvkvp ${daemonNames.join(' ')}\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
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
    options: command.options.filter(({ hidden }) => !hidden),
    words: command.registeredArguments.map((argument) => ({
      choices: argument.name() === 'pool' ? pools : (argument.argChoices ?? []),
      // The first word of list is either.
      isKey: argument.name() === 'key' || (argument.name() === 'pool' && command.registeredArguments.length > 1),
      isLast: argument.variadic,
    })),
    pool: command.options.some(({ description }) => description.includes('(default: guest)')) ? 'guest' : undefined,
  };
  return [completed, ...command.commands.flatMap((each) => commandsOf(each, path))];
}

function choicesOf({ long, argChoices }: Option): readonly string[] | undefined {
  return long === '--pool' ? pools : argChoices;
}

/**
 * The command is found by its words; then a value of an option, or all that may follow. Where nothing fits, names of files. Keys are
 * what a host has written: they are compared and quoted, and never given to what expands words.
 */
function bash(commands: readonly Completed[]): string {
  const paths = commands.slice(1).map(({ path }) => `'${path.join(' ')}'`);
  const words = commands.map((each) => `    '${each.path.join(' ')}') offers='${wordsOf(each).join(' ')}' ;;`);
  const given = commands.flatMap(({ path, words: own, pool }) =>
    own.flatMap(({ choices, isKey, isLast }, at) => {
      if (choices.length === 0 && !isKey) return [];
      const more = choices.length === 0 ? '' : `offers="$offers ${choices.join(' ')}" `;
      const keys = isKey ? `keys=1 pool=${pool ?? ''} ` : '';
      return [`    '${path.join(' ')} '${isLast ? '*' : at}) ${more}${keys};;`];
    }),
  );
  const optionsOf = (isWanted: (option: Option) => boolean): readonly (readonly [string, Option])[] =>
    commands.flatMap(({ path, options }) =>
      options.filter(isWanted).map((option) => [`'${path.join(' ')} ${option.long ?? ''}'`, option] as const),
    );
  const values = optionsOf((option) => choicesOf(option) !== undefined).map(
    ([pattern, option]) => `    ${pattern}) offers='${(choicesOf(option) ?? []).join(' ')}' keys= ;;`,
  );
  const files = optionsOf((option) => option.required && choicesOf(option) === undefined).map(([pattern]) => pattern);
  const withValue = new Set(
    commands.flatMap(({ options }) => options.flatMap(({ required, long }) => (required ? [long ?? ''] : []))),
  );
  return `_hvkvp() {
  local stem=hvkvp word previous= given=0 offers= keys= pool= key
  local -a place=()
  for word in "\${COMP_WORDS[@]:1:$((COMP_CWORD-1))}"; do
    case "$stem $word" in
      ${paths.join('|')}) stem="$stem $word" given=0 ;;
      *)
        case "$previous" in
          ${[...withValue].join('|')}) ;;
          *) case "$word" in -*) ;; *) given=$((given+1)) ;; esac ;;
        esac ;;
    esac
    case "$previous" in ${places.join('|')}) place+=("$previous" "$word") ;; esac
    previous=$word
  done
  case "$stem" in
${words.join('\n')}
  esac
  case "$stem $given" in
${given.join('\n')}
  esac
  case "$stem \${COMP_WORDS[COMP_CWORD-1]}" in
${values.join('\n')}
    ${files.join('|')}) offers= keys= ;;
  esac
  COMPREPLY=($(compgen -W "$offers" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [ -n "$keys" ] || return 0
  case "\${COMP_WORDS[COMP_CWORD]}" in -*) return ;; esac
  word=\${COMP_WORDS[COMP_CWORD]//\\\\/}
  while IFS= read -r key; do
    case "$key" in "$word"*) COMPREPLY+=("$(printf '%q' "$key")") ;; esac
  done < <("\${COMP_WORDS[0]}" list --keys \${pool:+--pool "$pool"} \${place[@]+"\${place[@]}"} 2>/dev/null)
}
complete -o default -F _hvkvp hvkvp
_hv_kvp_daemon() {
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
    ${daemonOptions.flatMap(({ long, value }) => (value === undefined ? [] : [`--${long}`])).join('|')}) COMPREPLY=() ;;
    *) COMPREPLY=($(compgen -W '${daemonOptions.map(({ long }) => `--${long}`).join(' ')}' -- "\${COMP_WORDS[COMP_CWORD]}")) ;;
  esac
}
complete -o default -F _hv_kvp_daemon ${daemonNames.join(' ')}
`;
}

function wordsOf({ subcommands, options }: Completed): readonly string[] {
  return [...subcommands, ...options.flatMap(({ long }) => long ?? []), '--help'];
}

function fish(commands: readonly Completed[]): string {
  const lines = commands.flatMap((command) => {
    const [, ...words] = command.path;
    const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`);
    const unseen =
      command.subcommands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${command.subcommands.join(' ')}`];
    const condition = [...seen, ...unseen].join('; and ');
    const when = condition === '' ? '' : ` -n '${condition}'`;
    const below = commands.filter(({ path }) => path.slice(0, -1).join(' ') === command.path.join(' '));
    const keys = command.words.some(({ isKey }) => isKey)
      ? [`complete -c hvkvp -f${when} -a '(__hvkvp_keys ${command.pool ?? ''})'`]
      : [];
    return [
      ...below.map(
        ({ path, description }) => `complete -c hvkvp -f${when} -a ${path.at(-1) ?? ''} -d ${quoted(description)}`,
      ),
      ...command.words.flatMap(({ choices }) => choices).map((choice) => `complete -c hvkvp -f${when} -a ${choice}`),
      ...keys,
      ...command.options.map((option) => `complete -c hvkvp${when} ${fishOption(option)}`),
    ];
  });
  return `function __hvkvp_keys
  set -l words (commandline -opc)
  set -l place
  test (count $argv) -gt 0; and set place --pool $argv[1]
  for index in (seq 2 (count $words))
    contains -- $words[(math $index - 1)] ${places.join(' ')}; and set -a place $words[(math $index - 1)] $words[$index]
  end
  $words[1] list --keys $place 2>/dev/null
end
${[...lines, ...daemonNames.flatMap((name) => daemonOptions.map((option) => fishDaemonOption(name, option)))].join('\n')}
`;
}

function fishOption(option: Option): string {
  const { long, short, required, description } = option;
  const choices = choicesOf(option);
  const names = [...(short === undefined ? [] : ['-s', short.slice(1)]), '-l', long?.replace('--', '') ?? ''];
  const value = choices === undefined ? (required ? ['-r'] : ['-f']) : ['-x', '-a', `'${choices.join(' ')}'`];
  return [...names, ...value, '-d', quoted(description)].join(' ');
}

function fishDaemonOption(name: string, { short, long, value, description }: DaemonOption): string {
  const names = [...(short === undefined ? [] : ['-s', short]), '-l', long, value === undefined ? '-f' : '-r'];
  return ['complete', '-c', name, ...names, '-d', quoted(description)].join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
