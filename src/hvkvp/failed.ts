import { CommanderError } from 'commander';
import { ExitStatus } from './exit-status.ts';
import { isSystemError } from '../device/system-error.ts';
import { printable } from '../message/printable.ts';

/** What cannot be used, by the names of errors, so that their modules need not be loaded to recognise them. */
const unusable: readonly string[] = ['UsageError', 'ConfigurationError', 'TooLong', 'InvalidText', 'ChunkError'];

/** Prints on standard error why a command ended, and returns its status. What is no failure of user or system is thrown on. */
export function tellFailure(error: unknown, command: string): ExitStatus {
  if (error instanceof CommanderError) return tellWords(error, command);
  if (!(error instanceof Error)) throw error;
  const status = statusOf(error);
  if (status === undefined) throw error;
  complain(command, error.message);
  return status;
}

/** Prints on standard error that a command's result is lost, and returns its status. */
export function tellOutputFailure(trouble: string, command: string): ExitStatus {
  complain(command, trouble);
  return ExitStatus.io;
}

/** A line for each line of a text. */
export function complain(command: string, text: string): void {
  for (const line of text.split('\n')) process.stderr.write(`${command}: ${printable(line)}\n`);
}

/** The same for a command of `hvkvp` by its name. */
export function complainer(command: string): (text: string) => void {
  return (text) => {
    complain(`hvkvp ${command}`, text);
  };
}

function statusOf(error: Error): ExitStatus | undefined {
  if (error.name === 'NotFound') return ExitStatus.notFound;
  if (error.name === 'TimeUp') return ExitStatus.timeUp;
  if (unusable.includes(error.name)) return ExitStatus.usage;
  return isSystemError(error) || error.name === 'ControlError' ? ExitStatus.io : undefined;
}

/** Help that was asked for is no failure; help for a command that is missing has been printed already. */
function tellWords(error: CommanderError, command: string): ExitStatus {
  if (error.exitCode === 0) return ExitStatus.ok;
  if (error.code !== 'commander.help') complain(command, error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  return ExitStatus.usage;
}
