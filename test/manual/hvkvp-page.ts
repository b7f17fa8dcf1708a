import type { Argument, Command, Option } from 'commander';

/** hvkvp(1) in mdoc(7), made of the program's own commands, options and descriptions. */
export function hvkvpPage(program: Command): string {
  return `${[...head(program), ...leaves(program).flatMap(describeCommand), '.El', ...tail].join('\n')}\n`;
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
    'tells of one command,',
    '.Nm',
    '.Fl -version',
    'the version.',
    '.Sh COMMANDS',
    '.Bl -tag -width Ds',
  ];
}

const tail = [
  '.Sh FILES',
  '.Bl -tag -width Ds -compact',
  '.It Pa /etc/hyperv-kvp.toml',
  'configuration, see',
  '.Xr hyperv-kvp.toml 5',
  '.It Pa /var/lib/hyperv',
  'the pools',
  '.El',
  '.Sh SEE ALSO',
  '.Xr hyperv-kvp.toml 5 ,',
  '.Xr hv_kvp_daemon 8',
];

/** The commands that do something, with the words that lead to them. */
function leaves(command: Command, words: readonly string[] = []): readonly [string, Command][] {
  return command.commands.flatMap((child) => {
    const path = [...words, child.name()];
    return child.commands.length > 0 ? leaves(child, path) : [[path.join(' '), child] as [string, Command]];
  });
}

function describeCommand([name, command]: readonly [string, Command]): readonly string[] {
  const options = command.options.filter(({ hidden }) => !hidden);
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
  const escaped = words.replaceAll('\\', '\\e').replaceAll('’', "'").replaceAll('\n', ' ');
  const sentence = /[.?!)]$/.test(escaped) ? escaped : `${escaped}.`;
  const whole = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  return whole.replace(/^(?=[.'])/, '\\&').replaceAll(/([.?!;:]) (?=[A-Z])/g, '$1\n');
}
