import type { System } from '../../../../src/message/dialect.ts';

const few = 10_000;
const messages = Number(process.env['HYPERV_KVP_FUZZ_MESSAGES'] ?? few);
const messagesAFile = 50;

/** `npm run suite -- fuzz` asks for more. */
export const asked = {
  /** For each system. */
  messages,
  /** For each kind of file. */
  files: Math.ceil(messages / messagesAFile),
  /** Whether there is time for everything. */
  isLong: messages > few,
  seed: Number(process.env['HYPERV_KVP_FUZZ_SEED'] ?? 1),
  systems: (['linux', 'freebsd'] as const satisfies readonly System[]).filter((system) =>
    [undefined, system].includes(process.env['HYPERV_KVP_FUZZ_LAYOUT'] as System | undefined),
  ),
};
