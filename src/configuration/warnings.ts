import { backEndsOf } from '../ip-information/backends/all.ts';
import { dialects } from '../message/dialect.ts';
import { existsBelow, type Machine, readStatus } from '../platform/machine.ts';
import { findUser } from '../platform/users.ts';
import { type SettingInForce, settingsInForce } from './in-force.ts';
import type { Settings } from './settings.ts';

/** Of anybody, to execute it. */
const executable = 0o111;

/** What a configuration says that is legal, and cannot be meant: a line each, with file, line and key. Defaults are not judged. */
export async function configurationWarnings(settings: Settings, machine: Machine): Promise<readonly string[]> {
  const said = (await settingsInForce(settings, false)).filter(({ from }) => from === 'file');
  if (said.length === 0) return [];
  const interfaces = await interfacesOf(settings, machine);
  return said.flatMap((setting) =>
    judge(setting, { settings, machine, interfaces }).map(
      (problem) => `${setting.file ?? ''}:${setting.line ?? 1}: ${setting.key}: ${problem}`,
    ),
  );
}

/** Also those that are down, or have no hardware. */
async function interfacesOf({ platform }: Settings, machine: Machine): Promise<readonly string[]> {
  const [adapters, { links }] = [await platform.readAdapters(), await platform.readNetwork()];
  const named = [...adapters, ...links].map(({ name }) => name);
  return [...new Set([...named, ...Object.keys(machine.networkInterfaces())])].sort();
}

interface Surroundings {
  readonly settings: Settings;
  readonly machine: Machine;
  readonly interfaces: readonly string[];
}

function judge({ key, value }: SettingInForce, { settings, machine, interfaces }: Surroundings): readonly string[] {
  const { platform, injection, privileges } = settings;
  switch (key) {
    case 'privileges.user':
      return privileges.user === '' || findUser(privileges.user) !== undefined
        ? []
        : [`there is no user ${privileges.user}; a daemon started by root continues as root`];
    case 'ip_injection.script':
      return fileProblems(injection.script, machine);
    case 'ip_injection.backend': {
      const names = ['auto', ...backEndsOf(platform.system, injection).map(({ name }) => name)];
      return names.includes(injection.backEnd)
        ? []
        : [`this system has no back end ${injection.backEnd}; it has ${names.join(', ')}`];
    }
    case 'ip_injection.deadline_ms':
      return deadlineProblems(injection.deadlineMs, dialects[platform.system].replyTimeoutMs);
    case 'ip_injection.interfaces':
    case 'ip_injection.denied_interfaces':
      return missingInterfaces(namesIn(value), interfaces);
    case 'report.interfaces':
    case 'report.denied_interfaces':
      return missingInterfaces(
        namesIn(value).filter((name) => !/[*?[]/.test(name)),
        interfaces,
      );
    default:
      return key.startsWith('report.keys.') ? siteFileProblems(value, machine) : [];
  }
}

function fileProblems(path: string, machine: Machine): readonly string[] {
  const status = readStatus(machine, path);
  if (status === undefined) return [`there is no ${path}`];
  // As root it is run, whoever asks here.
  return status.isFile() && (status.mode & executable) !== 0 ? [] : [`${path} is not executable`];
}

function deadlineProblems(deadlineMs: number, driverMs: number): readonly string[] {
  return deadlineMs < driverMs ? [] : [`the driver answers the host itself after ${driverMs} ms: it must be less`];
}

function missingInterfaces(names: readonly string[], interfaces: readonly string[]): readonly string[] {
  return names
    .filter((name) => !interfaces.includes(name))
    .map((name) => `there is no interface ${name} now, but ${interfaces.join(', ') || 'none at all'}`);
}

function siteFileProblems(value: SettingInForce['value'], machine: Machine): readonly string[] {
  if (typeof value !== 'object' || value === null || !('file' in value)) return [];
  const { file } = value;
  return existsBelow(machine, file) ? [] : [`there is no ${file} now, so the host gets an empty value`];
}

function namesIn(value: SettingInForce['value']): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
