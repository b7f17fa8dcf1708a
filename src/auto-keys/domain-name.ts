import { crash } from '../device/rethrow-later.ts';
import type { Platform } from '../platform/platform.ts';

const retryAfterMs = 60_000;
/** What a DNS server knows changes without a word. */
const askAgainAfterMs = 3_600_000;
/** How often the files by which names are looked up are looked at, at most. */
const lookAfterMs = 1000;

/** The result of one look-up. */
interface Answer {
  readonly hostName: string;
  /** Undefined: there is none. */
  readonly domainName: string | undefined;
  /** Whether the resolver said anything. */
  readonly isAnswered: boolean;
  readonly atMs: number;
}

type Source = Pick<Platform, 'hostName' | 'lookUpDomainName' | 'nameInHostsFile'> & {
  /** Whether a file by which names are looked up may have changed since the last call. */
  readonly namesChanged?: () => boolean;
};

/**
 * The fully qualified name of this host. A resolver may take longer than a host waits for a reply, so it is asked off the request
 * path: at the start, when the host name, the addresses, or the files by which names are looked up have changed, when the last try
 * failed more than a minute ago, and an hour after any. No timer runs: a request, or the start, is what makes it ask.
 */
export class DomainName {
  readonly #platform: Source;
  readonly #nowMs: () => number;
  #isClosed = false;
  #isRunning = false;
  #last: Answer | undefined;
  #isDoubted = false;
  #lookedAtMs = -Infinity;

  constructor(platform: Source, nowMs: () => number = () => performance.now()) {
    this.#platform = platform;
    this.#nowMs = nowMs;
  }

  /** What is known now: the domain name, or, as long as there is no answer, that in /etc/hosts, or else the host name. */
  current(): string {
    const hostName = this.#platform.hostName();
    this.refresh(hostName)?.catch(crash);
    const isAnswered = this.#last?.hostName === hostName;
    const domainName = isAnswered ? this.#last?.domainName : undefined;
    return domainName ?? (isQualified(hostName) ? hostName : this.#inHostsFile(hostName));
  }

  /** Starts a look-up if one is due: the promise of its answer. */
  refresh(hostName = this.#platform.hostName()): Promise<void> | undefined {
    if (this.#isRunning || this.#isClosed || !this.#isDue(hostName)) return undefined;
    return this.#lookUp(hostName);
  }

  /** What is known may be out of date: it is asked for again, and reported until there is an answer. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** No look-up will start any more. */
  close(): void {
    this.#isClosed = true;
  }

  #inHostsFile(hostName: string): string {
    return qualifiedName(this.#platform.nameInHostsFile(hostName)) ?? hostName;
  }

  #isDue(hostName: string): boolean {
    if (isQualified(hostName)) return false;
    this.#lookAtFiles();
    if (this.#last?.hostName !== hostName || this.#isDoubted) return true;
    const { domainName, isAnswered, atMs } = this.#last;
    const isFailure = domainName === undefined || !isAnswered;
    return this.#nowMs() - atMs > (isFailure ? retryAfterMs : askAgainAfterMs);
  }

  #lookAtFiles(): void {
    const now = this.#nowMs();
    if (now - this.#lookedAtMs < lookAfterMs) return;
    this.#lookedAtMs = now;
    if (this.#platform.namesChanged?.() === true && this.#last !== undefined) this.doubt();
  }

  async #lookUp(hostName: string): Promise<void> {
    this.#isRunning = true;
    this.#isDoubted = false;
    const answer = await this.#platform.lookUpDomainName(hostName);
    const isAnswered = answer !== undefined;
    // A resolver that cannot be reached takes no name away.
    const former = this.#last?.hostName === hostName ? this.#last.domainName : undefined;
    const domainName = isAnswered ? qualifiedName(answer) : former;
    this.#last = { hostName, domainName, isAnswered, atMs: this.#nowMs() };
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
