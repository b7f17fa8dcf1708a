import { isSystemError } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import type { IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import type { Machine } from '../platform/machine.ts';
import { Changer } from './changer.ts';
import { Deadline } from './deadline.ts';
import type { InjectionOptions } from './injection.ts';
import type { InjectionResult } from './injection-result.ts';
import type { InjectionSettings } from './injection-settings.ts';
import type { BackEnd } from './plan.ts';
import type { Trusted } from './record-schema.ts';

export interface InjectorOptions extends InjectionOptions {
  readonly machine: Machine;
  readonly backEndsOf: (settings: InjectionSettings) => readonly BackEnd[];
  /** What a record may bring back and run, if not what our back ends do. */
  readonly trusted?: Trusted;
}

/** What comes of a request: the status for the host in time, the result once all is done or undone. */
export interface Outcome {
  readonly status: Promise<Status>;
  readonly result: Promise<InjectionResult>;
}

/** The parts of the time until the answer in which a network manager must come up, and a change must be good. */
const shares = { owning: 0.2, waiting: 0.4, applying: 0.8 } as const;

export type Times = Readonly<Record<keyof typeof shares, Deadline>>;

/** Sets the addresses of adapters as the host asks, one request after the other, and writes a line to the log about each. */
export class Injector {
  readonly #log: Log;
  readonly #changer: Changer;
  /** Done when the change before is, with its roll-back. */
  #earlier: Promise<unknown> = Promise.resolve();

  constructor(options: InjectorOptions) {
    this.#log = options.log;
    this.#changer = new Changer(options);
  }

  /** Undoes a change that a crash or power failure cut short; requests wait for it. */
  async recover(): Promise<void> {
    const work = this.#earlier.then(() =>
      this.#whatFailsIsLogged(async () => {
        await this.#changer.undoUnfinished();
        return 'undone';
      }),
    );
    this.#earlier = work;
    await work;
  }

  /** The status for the host, within the configured time. What is to be undone after it goes on. */
  set(value: IpValue): Outcome {
    const { deadlineMs } = this.#changer;
    const times = {
      owning: new Deadline(deadlineMs * shares.owning),
      waiting: new Deadline(deadlineMs * shares.waiting),
      applying: new Deadline(deadlineMs * shares.applying),
    };
    let status: Status = Status.fail;
    const answer = (answered: Status): void => {
      status = answered;
    };
    const result = this.#earlier.then(() => this.#whatFailsIsLogged(() => this.#changer.serve(value, times, answer)));
    this.#earlier = result;
    return {
      status: this.#inTime(
        result.then(() => status),
        deadlineMs,
      ),
      result,
    };
  }

  async #inTime(work: Promise<Status>, deadlineMs: number): Promise<Status> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Status>((resolve) => {
      timer = setTimeout(() => {
        this.#log.warning(`timed out after ${deadlineMs} ms; reported failure to the host`);
        resolve(Status.fail);
      }, deadlineMs);
    });
    const status = await Promise.race([work, late]);
    clearTimeout(timer);
    return status;
  }

  async #whatFailsIsLogged(work: () => Promise<InjectionResult>): Promise<InjectionResult> {
    try {
      return await work();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#log.error(`cannot set addresses: ${error.message}`);
      return 'failed';
    }
  }
}
