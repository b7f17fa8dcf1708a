import { Lasting } from './lasting.ts';
import type { Recovery } from './recovery.ts';

interface Named {
  /** Of the pool, for the log. */
  readonly name: string;
  readonly path: string;
  readonly journalPath: string;
  readonly warn: (text: string) => void;
}

const recoveryTexts = {
  finished: 'finished a change interrupted by a crash',
  'left-to-neighbour':
    'a change was interrupted by a crash; not finished, because another program has written there since',
} as const;

/** The warnings about a pool: what lasts is reported once. */
export class PoolWarnings {
  readonly #pool: string;
  readonly #journalPath: string;
  readonly #warn: (text: string) => void;
  readonly #file: Lasting;
  readonly #unfinished: Lasting;
  readonly #journalDamage: Lasting;
  readonly #journalTrouble: Lasting;

  constructor({ name, path, journalPath, warn }: Named) {
    this.#pool = `pool ${name} (${path})`;
    this.#journalPath = journalPath;
    this.#warn = warn;
    this.#file = new Lasting(warn);
    this.#unfinished = new Lasting(warn);
    this.#journalDamage = new Lasting(warn);
    this.#journalTrouble = new Lasting(warn, `${this.#pool} is journaled again`);
  }

  unusable(reason: string): void {
    this.#file.is(`${this.#pool} treated as empty: ${reason}`);
  }

  /** "" for none. */
  damage(damage: string): void {
    this.#file.is(damage === '' ? '' : `${this.#pool} is damaged: ${damage}`);
  }

  /** Why a change that a crash has cut off is left as it is; "" if none is. */
  unfinished(reason: string): void {
    this.#unfinished.is(reason === '' ? '' : `${this.#pool}: a change was interrupted by a crash; ${reason}`);
  }

  recovered(recovery: Recovery): void {
    if (recovery !== 'nothing') this.#warn(`${this.#pool}: ${recoveryTexts[recovery]}`);
  }

  journal({ isDamaged, trouble }: { readonly isDamaged: boolean; readonly trouble: string }): void {
    const journal = `the journal of ${this.#pool}`;
    this.#journalDamage.is(
      isDamaged ? `${journal} (${this.#journalPath}) has an incomplete entry, which was ignored` : '',
    );
    this.#journalTrouble.is(
      trouble === '' ? '' : `${this.#pool} is changed without a journal, so a crash may tear a record: ${trouble}`,
    );
  }
}
