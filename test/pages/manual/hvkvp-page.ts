import type { Argument, Command, Option } from 'commander';
import { examples } from '../../../src/hvkvp/examples.ts';
import { ExitStatus } from '../../../src/hvkvp/exit-status.ts';
import { commonOptions } from '../../../src/hvkvp/help.ts';

/** hvkvp(1) in mdoc(7), made of the program's own commands, options and descriptions. */
export function hvkvpPage(program: Command): string {
  const commands = leaves(program);
  const lines = [
    ...head(program),
    ...commands.flatMap(describeCommand),
    '.El',
    ...common(commands.map(([, command]) => command)),
    ...files,
    ...exitStatus,
    ...shown(commands.map(([name]) => name)),
    ...seeAlso,
  ];
  return `${lines.join('\n')}\n`;
}

function head(program: Command): readonly string[] {
  return [
    '.\\" Made by `npm run manual` of what the program says of itself.',
    '.Dd November 25, 2026',
    '.Dt HVKVP 1',
    '.Os',
    '.Sh NAME',
    '.Nm hvkvp',
    '.Nd work with the key-value pairs of a Hyper-V guest',
    '.Sh SYNOPSIS',
    '.Nm',
    '.Ar command',
    '.Op Ar option ...',
    '.Sh DESCRIPTION',
    text(program.description()),
    'Its commands use what the configuration of',
    '.Xr hv_kvp_daemon 8',
    'names, whether that runs or not.',
    '.Nm',
    '.Ar command',
    '.Fl -help',
    'describes one command,',
    '.Nm',
    '.Fl -version',
    'the version.',
    '.Sh COMMANDS',
    '.Bl -tag -width Ds',
  ];
}

/** What many commands take, once. */
function common(commands: readonly Command[]): readonly string[] {
  const options = commands.flatMap((command) => command.options).filter(isCommon);
  const each = new Map(options.map((option) => [option.flags, option]));
  return [
    '.Sh COMMON OPTIONS',
    'Every command has',
    '.Fl -json ;',
    'the others belong to those that need them.',
    '.Bl -tag -width Ds',
    ...[...each.values()].flatMap(describeOption),
    '.El',
  ];
}

function isCommon({ helpGroupHeading }: Option): boolean {
  return helpGroupHeading === commonOptions;
}

const meanings: Readonly<Record<keyof typeof ExitStatus, string>> = {
  ok: 'Done.',
  notFound: 'What was asked for is not there, or the answer is no.',
  usage: 'The words, the configuration or what was to be written cannot be used; nothing was changed.',
  io: 'The system failed: no permission, a lock that another program keeps, a file that is not a pool.',
  timeUp: 'What was waited for has not come in its time.',
};

const exitStatus = [
  '.Sh EXIT STATUS',
  '.Bl -tag -width Ds',
  ...typedEntries(ExitStatus).flatMap(([name, status]) => [`.It ${status}`, text(meanings[name])]),
  '.El',
];

/** A line each, as it is typed. */
function shown(commands: readonly string[]): readonly string[] {
  const lines = commands.flatMap((command) => examples[command] ?? []);
  return [
    '.Sh EXAMPLES',
    ...lines.flatMap(([line, meaning], index) => [
      ...(index === 0 ? [] : ['.Pp']),
      `${text(meaning).replace(/\.$/, '')}:`,
      '.Bd -literal -offset indent -compact',
      typed(line),
      '.Ed',
    ]),
  ];
}

const files = [
  '.Sh FILES',
  '.Bl -tag -width Ds -compact',
  '.It Pa /etc/hyperv-kvp.toml',
  'configuration, see',
  '.Xr hyperv-kvp.toml 5',
  '.It Pa /var/lib/hyperv',
  'the pools',
  '.El',
];

const seeAlso = ['.Sh SEE ALSO', '.Xr hyperv-kvp.toml 5 ,', '.Xr hv_kvp_daemon 8'];

/** The commands that do something, with the words that lead to them. */
function leaves(command: Command, words: readonly string[] = []): readonly [string, Command][] {
  return command.commands.flatMap((child) => {
    const path = [...words, child.name()];
    return child.commands.length > 0 ? leaves(child, path) : [[path.join(' '), child] as [string, Command]];
  });
}

function describeCommand([name, command]: readonly [string, Command]): readonly string[] {
  const options = command.options.filter((option) => !option.hidden && !isCommon(option));
  const described = command.registeredArguments.filter(({ description }) => description !== '');
  const details = [...described.flatMap(describeArgument), ...options.flatMap(describeOption)];
  return [
    `.It Cm ${name}${command.registeredArguments.map(argumentWords).join('')}`,
    text(command.description()),
    ...(details.length > 0 ? ['.Bl -tag -width Ds', ...details, '.El'] : []),
  ];
}

function argumentWords(argument: Argument): string {
  const word = `Ar ${argument.name()}${argument.variadic ? ' ...' : ''}`;
  return argument.required ? ` ${word}` : ` Op ${word}`;
}

function describeArgument(argument: Argument): readonly string[] {
  return [`.It Ar ${argument.name()}`, text(argument.description)];
}

function describeOption(option: Option): readonly string[] {
  const names = [option.short, option.long].flatMap((name) => (name === undefined ? [] : [`Fl ${name.slice(1)}`]));
  const [, value] = /[<[]([^>\]]+)[>\]]/.exec(option.flags) ?? [];
  const choices = option.argChoices === undefined ? '' : ` (${option.argChoices.join(', ')})`;
  return [`.It ${names.join(' , ')}${value === undefined ? '' : ` Ar ${value}`}`, text(option.description + choices)];
}

/** A line that roff takes for text. */
function text(words: string): string {
  const plain = escaped(words);
  const sentence = /[.?!)]$/.test(plain) ? plain : `${plain}.`;
  const whole = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return whole.replace(/^(?=[.'])/, '\\&').replaceAll(/([.?!;:]) (?=[A-Z])/g, '$1\n');
}

/** As it stands, so that it can be copied: roff makes other signs of some. */
function typed(line: string): string {
  const signs = { '-': '\\-', "'": '\\(aq', '`': '\\(ga', '~': '\\(ti', '^': '\\(ha' } as const;
  return line.replaceAll('\\', '\\e').replaceAll(/[-'`~^]/g, (sign) => signs[sign as keyof typeof signs]);
}

function typedEntries<Name extends string, T>(object: Readonly<Record<Name, T>>): readonly [Name, T][] {
  return Object.entries(object) as [Name, T][];
}

function escaped(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('’', "'").replaceAll('\n', ' ');
}
