import type { Platform } from '../platform/platform.ts';

const retryAfterMs = 60_000;

/** The result of one look-up. */
interface Answer {
  readonly hostName: string;
  /** Undefined: the look-up failed. */
  readonly domainName: string | undefined;
  readonly atMs: number;
}

/**
 * The fully qualified name of this host. A resolver may take longer than a host waits for a reply, so it is asked off the request
 * path: at the first request, when the host name has changed, and when the last try failed more than a minute ago. No timer runs.
 */
export class DomainName {
  readonly #platform: Pick<Platform, 'hostName' | 'lookUpDomainName'>;
  readonly #nowMs: () => number;
  readonly #closing = new AbortController();
  #isRunning = false;
  #last: Answer | undefined;

  constructor(
    platform: Pick<Platform, 'hostName' | 'lookUpDomainName'>,
    nowMs: () => number = () => performance.now(),
  ) {
    this.#platform = platform;
    this.#nowMs = nowMs;
  }

  /** What is known now: the domain name, or the host name as long as there is no answer. */
  current(): string {
    this.refresh();
    const hostName = this.#platform.hostName();
    const isAnswered = this.#last?.hostName === hostName;
    return (isAnswered ? this.#last?.domainName : undefined) ?? hostName;
  }

  /** Starts a look-up if one is due. */
  refresh(): void {
    const hostName = this.#platform.hostName();
    if (this.#isRunning || this.#closing.signal.aborted || !this.#isDue(hostName)) return;
    void this.#lookUp(hostName);
  }

  /** Ends a running look-up; no other will start. */
  close(): void {
    this.#closing.abort();
  }

  #isDue(hostName: string): boolean {
    if (isQualified(hostName)) return false;
    if (this.#last?.hostName !== hostName) return true;
    return this.#last.domainName === undefined && this.#nowMs() - this.#last.atMs > retryAfterMs;
  }

  async #lookUp(hostName: string): Promise<void> {
    this.#isRunning = true;
    const answer = await this.#platform.lookUpDomainName(hostName, this.#closing.signal);
    this.#last = { hostName, domainName: qualifiedName(answer), atMs: this.#nowMs() };
    this.#isRunning = false;
  }
}

const maximumLength = 253;
const label = '[a-z\\d_](?:[a-z\\d_-]{0,61}[a-z\\d_])?';
/** Labels, the last of which is no number: an address is no name. */
const domainName = new RegExp(`^(?:${label}\\.)+(?!\\d+$)${label}$`, 'i');

/** A resolver's answer if it is a name with a domain: an error's text is none, nor is "localhost.localdomain". */
function qualifiedName(answer: string | undefined): string | undefined {
  const name = answer?.replace(/\.$/, '');
  return name !== undefined && isQualified(name) && !name.startsWith('localhost.') ? name : undefined;
}

function isQualified(name: string): boolean {
  return name.length <= maximumLength && domainName.test(name);
}
