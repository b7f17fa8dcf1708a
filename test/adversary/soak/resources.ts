import { setTimeout as pause } from 'node:timers/promises';
import { listFolder, readText, thisMachine } from '../../../src/platform/machine.ts';
import { WrongAnswer } from './soak.ts';

/** What a process takes of the machine. */
interface Resources {
  readonly mebibytes: number;
  readonly descriptors: number;
  readonly threads: number;
}

/** What the daemon took at one time. */
export interface Look extends Resources {
  readonly when: string;
}

/** For V8's compiler, which goes on a little after the first transactions: a few bytes for each of millions. */
const mostMebibytesMore = 8;
const kibibytesInMebibyte = 1024;
const betweenLooksMs = 200;

/** Finds out whether the daemon takes more and more of the machine, where the system tells by /proc what it takes. */
export class Growth {
  readonly #pid: number;
  readonly #looks: Look[] = [];
  #lowest = Infinity;
  #sampledAt = performance.now();

  constructor(pid: number) {
    this.#pid = pid;
  }

  /** To be called often: between two collections of its garbage a process may take any amount of memory. */
  sample(): void {
    const now = performance.now();
    if (now - this.#sampledAt < betweenLooksMs) return;
    this.#sampledAt = now;
    this.#lowest = Math.min(this.#lowest, this.#take()?.mebibytes ?? Infinity);
  }

  /** Has the daemon come to rest, and keeps what it takes then; of the memory, the least since the last time. */
  async look(when: string): Promise<void> {
    const resources = await this.#settled();
    if (resources === undefined) return;
    this.#looks.push({ when, ...resources, mebibytes: Math.min(resources.mebibytes, this.#lowest) });
    this.#lowest = Infinity;
  }

  /** What was found. */
  get looks(): readonly Look[] {
    return this.#looks;
  }

  /** Throws {@link WrongAnswer} if it took more the last time than after a number of looks. */
  judge(looks: number): void {
    const basis = this.#looks[looks];
    const last = this.#looks.at(-1);
    if (basis === undefined || last === undefined) return;
    const grown = [
      last.descriptors > basis.descriptors && 'descriptors',
      last.threads > basis.threads && 'threads',
      last.mebibytes > basis.mebibytes + mostMebibytesMore && 'memory',
    ].filter((what) => what !== false);
    if (grown.length > 0) throw new WrongAnswer(`the daemon takes more and more ${grown.join(' and ')}`);
  }

  async #settled(): Promise<Resources | undefined> {
    for (let last = this.#take(); ; ) {
      await pause(betweenLooksMs);
      const now = this.#take();
      if (now?.descriptors === last?.descriptors && now?.threads === last?.threads) return now;
      last = now;
    }
  }

  #take(): Resources | undefined {
    const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readText(thisMachine, `/proc/${this.#pid}/status`) ?? '')?.[1];
    if (kibibytes === undefined) return undefined;
    return {
      mebibytes: Math.round(Number(kibibytes) / kibibytesInMebibyte),
      descriptors: listFolder(thisMachine, `/proc/${this.#pid}/fd`).length,
      threads: listFolder(thisMachine, `/proc/${this.#pid}/task`).length,
    };
  }
}
