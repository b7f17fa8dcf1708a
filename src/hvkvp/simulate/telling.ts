import type { Outcome } from './actions.ts';
import type { SimulatedGuest } from './guest.ts';
import { type Output, paint, writeJson } from '../output.ts';

type Places = Pick<SimulatedGuest, 'poolDirectory' | 'controlSocket' | 'configuration'>;

/** How a simulation is reported. */
export interface Telling {
  /** Where the guest is, for other programs. */
  readonly guest: (places: Places) => void;
  /** A line of the daemon's log. */
  readonly log: (line: string) => void;
  /** A line of what a script says about itself; "" for a gap. */
  readonly story: (text: string) => void;
  /** What came of a line that was read from a script, or of one that a person has just typed. */
  readonly outcome: (line: string, outcome: Outcome, source: 'script' | 'prompt') => void;
  /** A rule of the driver that the daemon broke. */
  readonly violation: (text: string) => void;
}

export const prompt = 'host> ';

/** To people as a dialogue; to programs as JSON, an object a line. */
export function telling(output: Output): Telling {
  return output.json ? toPrograms(output) : toPeople(output);
}

function toPeople(output: Output): Telling {
  const print = (text: string): void => {
    output.write(`${text}\n`);
  };
  return {
    guest: ({ poolDirectory, controlSocket, configuration }) => {
      print(`pools in ${poolDirectory}, control socket ${controlSocket}, configuration ${configuration}`);
    },
    log: (line) => {
      print(`  daemon: ${line}`);
    },
    story: (text) => {
      print(paint(output, 'bold', text));
    },
    // In one piece, so that the daemon's log does not come between.
    outcome: (line, { text }, source) => {
      print(source === 'script' ? `${prompt}${line}\n${text}` : text);
    },
    violation: (text) => {
      print(`the daemon broke a rule of the driver: ${text}`);
    },
  };
}

function toPrograms(output: Output): Telling {
  return {
    guest: ({ poolDirectory, controlSocket, configuration }) => {
      const places = { pools: poolDirectory, control_socket: controlSocket, configuration };
      writeJson(output, { type: 'guest', ...places });
    },
    log: (line) => {
      writeJson(output, { type: 'log', line });
    },
    story: (text) => {
      if (text !== '') writeJson(output, { type: 'story', text });
    },
    outcome: (line, { succeeded, details }) => {
      writeJson(output, { type: 'outcome', command: line, succeeded, ...details });
    },
    violation: (text) => {
      writeJson(output, { type: 'violation', text });
    },
  };
}
