import { Option } from 'commander';
import { commonOptions } from './help.ts';

export interface JsonOption {
  readonly json?: true;
}

/** Every command that shows something has it. */
export function jsonOption(): Option {
  return new Option('--json', 'print JSON').helpGroup(commonOptions);
}
