import { Conversation } from './conversation.ts';
import { Finding, FuzzedDaemon, type FuzzedOptions } from './fuzzed-daemon.ts';
import { guestOf } from './guest.ts';
import type { MessageFile } from './message-file.ts';

/** Nothing of a machine is ever changed. */
export const harmless: FuzzedOptions = { configuration: '[ip_injection]\nmode = "off"' };

/** Sends messages to a fresh daemon; returns what is wrong, "" if nothing is. */
export async function replay({ system, messages }: MessageFile, options = harmless): Promise<string> {
  const daemon = await FuzzedDaemon.start(guestOf(system), options);
  const conversation = new Conversation(daemon);
  try {
    for (const message of messages) conversation.exchange(message);
    const [stray] = daemon.strayLines();
    return stray ?? '';
  } catch (error) {
    if (error instanceof Finding) return error.message;
    throw error;
  } finally {
    await daemon.end();
  }
}
