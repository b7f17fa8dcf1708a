import type { Outcome } from './actions.ts';
import type { SimulatedGuest } from './guest.ts';
import { type Output, paint, writeJson } from '../output.ts';

type Places = Pick<SimulatedGuest, 'poolDirectory' | 'controlSocket' | 'configuration'>;

export const prompt = 'host> ';

/** How a simulation is reported: to people as a dialogue; to programs as JSON, an object a line. */
export class Telling {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Where the guest is, for other programs. */
  guest({ poolDirectory, controlSocket, configuration }: Places): void {
    const places = { pools: poolDirectory, control_socket: controlSocket, configuration };
    const text = `pools in ${poolDirectory}, control socket ${controlSocket}, configuration ${configuration}`;
    this.#tell(text, { type: 'guest', ...places });
  }

  /** A line of the daemon's log. */
  log(line: string): void {
    this.#tell(`  daemon: ${line}`, { type: 'log', line });
  }

  /** A line of what a script says about itself; "" for a gap. */
  story(text: string): void {
    if (text !== '' || !this.#output.json) this.#tell(paint(this.#output, 'bold', text), { type: 'story', text });
  }

  /** What came of a line that was read from a script, or of one that a person has just typed. */
  outcome(line: string, { text, succeeded, details }: Outcome, source: 'script' | 'prompt'): void {
    // In one piece, so that the daemon's log does not come between.
    const dialogue = source === 'script' ? `${prompt}${line}\n${text}` : text;
    this.#tell(dialogue, { type: 'outcome', command: line, succeeded, ...details });
  }

  /** A rule of the driver that the daemon broke. */
  violation(text: string): void {
    this.#tell(`the daemon broke a rule of the driver: ${text}`, { type: 'violation', text });
  }

  #tell(text: string, json: object): void {
    if (this.#output.json) writeJson(this.#output, json);
    else this.#output.write(`${text}\n`);
  }
}
