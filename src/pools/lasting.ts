/** Reports a state that lasts: once, and again only after it was over in between. */
export class Lasting {
  readonly #tell: (text: string) => void;
  readonly #over: string;
  #lasts = false;

  /** `over`: what to report at its end; "" for nothing. */
  constructor(tell: (text: string) => void, over = '') {
    this.#tell = tell;
    this.#over = over;
  }

  /** The state in words; "" if all is well. */
  is(text: string): void {
    if (this.#lasts === (text !== '')) return;
    this.#lasts = text !== '';
    const line = this.#lasts ? text : this.#over;
    if (line !== '') this.#tell(line);
  }
}
