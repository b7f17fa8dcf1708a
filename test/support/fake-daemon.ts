import { onTestFinished } from 'vitest';
import { type Dialect, dialects, type System } from '../../src/message/dialect.ts';
import { writeText } from '../../src/message/fixed-text.ts';
import { layout } from '../../src/message/layout.ts';
import { type End, end } from './channel-end.ts';

const pollIn = 1;

/** A daemon played by a test, message by message. */
export class FakeDaemon {
  readonly dialect: Dialect;
  readonly #end: End;

  /** Connects; registers only when told. */
  constructor(path: string, system: System) {
    this.dialect = dialects[system];
    this.#end = end(path);
    onTestFinished(() => {
      this.close();
    });
  }

  /** Writes the registration and takes the answer, if there is one. */
  async register(): Promise<string> {
    this.sendRegistration(this.dialect.registerOperation);
    if (!this.dialect.answersRegistration) return '';
    const { version } = layout.register;
    const answer = await this.read();
    return answer.toString('utf8', version.offset, answer.indexOf(0, version.offset));
  }

  sendRegistration(operation: number): void {
    const message = this.message();
    message.writeUInt8(operation, layout.header.operation.offset);
    this.write(message);
  }

  /** The next message; empty if the driver closed the connection. */
  async read(): Promise<Buffer> {
    if (!this.hasMessage()) await this.#end.next();
    const message = this.message();
    return message.subarray(0, this.#end.device.read(message));
  }

  hasMessage(): boolean {
    return (this.#end.device.poll(0) & pollIn) !== 0;
  }

  /** An empty message, or a longer or shorter one. */
  message(size = this.dialect.messageSize): Buffer {
    return Buffer.alloc(size);
  }

  write(message: Buffer): void {
    this.#end.device.write(message);
  }

  /** Answers with a status, and with the request's body as it came. */
  answer(request: Buffer, status: number): void {
    request.writeUInt32LE(status, layout.header.status.offset);
    this.write(request);
  }

  /** Answers GET as this system's driver reads it. */
  answerValue(value: string | Buffer): void {
    const message = this.message();
    put(message, this.dialect.getReplyValue, value);
    this.write(message);
  }

  /** Answers ENUMERATE, with any bytes. */
  answerRecord(key: string | Buffer, value: string | Buffer): void {
    const message = this.message();
    put(message, layout.enumerate.key, key);
    put(message, layout.enumerate.value, value);
    this.write(message);
  }

  close(): void {
    this.#end.device.close();
  }
}

/** Bytes as they are, even if they are no text. */
function put(message: Buffer, field: { offset: number; size: number }, bytes: string | Buffer): void {
  if (typeof bytes === 'string') writeText(message, field, bytes);
  else bytes.copy(message, field.offset);
}
