import { dialects } from '../../../../src/message/dialect.ts';

/** How many times longer everything may take than on a machine with nothing else to do: `--patience`. */
export const patience = { factor: 1 };

/** How long the driver waits for a reply. */
export function replyTimeoutMs(): number {
  return dialects.linux.replyTimeoutMs * patience.factor;
}

/** A line for the daemon's configuration: where there is more time than usual, it has more. */
export function deadlineSetting(): string {
  return patience.factor === 1 ? '' : `deadline_ms = ${Math.round(replyTimeoutMs() * daemonsShare)}\n`;
}

const daemonsShare = 0.8;
