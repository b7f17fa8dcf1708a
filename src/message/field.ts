/** A fixed part of a message: byte offset from the message's start, and length in bytes. */
export interface Field {
  readonly offset: number;
  readonly size: number;
}
