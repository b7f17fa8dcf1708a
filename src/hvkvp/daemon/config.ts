import { configurationInForce, type ConfigurationInForce, type SettingInForce } from '../../configuration/in-force.ts';
import type { Settings } from '../../configuration/settings.ts';
import { printable } from '../../message/printable.ts';
import { askIfRunning } from './daemon-access.ts';
import { columns } from '../columns.ts';
import { type Output, paint, writeJson } from '../output.ts';

/** What is in force, and who says so. */
export interface InForceReport extends ConfigurationInForce {
  /** Of the daemon that was asked; null where none was, and this is what one would work with. */
  readonly pid: number | null;
}

/**
 * What a daemon works with: the one at the settings' control socket, or one that would be started with these settings, if none can be
 * asked; `say` then gets the reason.
 */
export async function readInForce(
  settings: Settings,
  values: boolean,
  say: (text: string) => void,
): Promise<InForceReport> {
  const asked = await askIfRunning(settings.controlSocket, say, async (client) => {
    const { file, readAt, hasChanged, lapse, settings: inForce } = await client.configuration(values);
    return { pid: client.hello.pid, file, readAt, hasChanged, lapse, settings: inForce };
  });
  if (asked !== undefined) return asked;
  const computed = await configurationInForce(settings, values);
  return { pid: null, ...computed, settings: computed.settings.map((each) => ({ ...each, since: null })) };
}

/** Prints it: a key a line, with its value, whence that comes, and since when. */
export function showInForce(inForce: InForceReport, output: Output): void {
  if (output.json) writeJson(output, inForce);
  else output.write(`${inForceView(inForce, output).join('\n')}\n`);
}

function inForceView(inForce: InForceReport, output: Output): readonly string[] {
  const { pid, file, readAt, hasChanged, lapse, settings } = inForce;
  const [head = '', ...lines] = columns([
    ['key', 'value', 'from', ...(pid === null ? [] : ['since'])],
    ...settings.map((setting) => row(setting, pid === null)),
  ]);
  const source = file === '' ? 'no configuration file' : file;
  const warnings = [
    ...(hasChanged ? ['the file has changed; reload the daemon'] : []),
    ...(lapse === '' ? [] : [lapse]),
  ];
  return [
    paint(output, 'bold', printable(pid === null ? `${source}, no daemon asked` : `${source}, process ${pid}`)),
    ...(pid === null ? [] : [`read ${readAt}`]),
    ...warnings.map((warning) => paint(output, 'yellow', printable(warning))),
    '',
    paint(output, 'dim', head),
    ...lines.map((line, at) =>
      settings[at]?.from === 'default' ? printable(line) : paint(output, 'bold', printable(line)),
    ),
  ];
}

function row(setting: SettingInForce, isComputed: boolean): readonly string[] {
  const { key, since } = setting;
  const mark = setting.restartRequired ? ', restart required to apply the file' : '';
  return [key, valueText(setting), whence(setting), ...(isComputed ? [] : [`${since ?? ''}${mark}`])];
}

/** As in the file. */
function valueText({ value, valueBytes }: SettingInForce): string {
  if (value === null) return `(${valueBytes ?? 0} bytes)`;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((each) => JSON.stringify(each)).join(', ')}]`;
  const [[name, text] = ['', '']] = Object.entries(value);
  return `{ ${name} = ${JSON.stringify(text)} }`;
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function whence({ from, file, line, option }: SettingInForce): string {
  switch (from) {
    case 'default':
      return from;
    case 'file':
      return `${file ?? ''}:${line ?? 1}`;
    case 'command line':
      return option ?? from;
  }
}
