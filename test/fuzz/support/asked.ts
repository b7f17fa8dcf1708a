import type { System } from '../../../src/message/dialect.ts';

/** `npm run fuzz` asks for more. */
export const asked = {
  /** For each system. */
  messages: Number(process.env['HYPERV_KVP_FUZZ_MESSAGES'] ?? 10_000),
  seed: Number(process.env['HYPERV_KVP_FUZZ_SEED'] ?? 1),
  systems: (['linux', 'freebsd'] as const satisfies readonly System[]).filter((system) =>
    [undefined, system].includes(process.env['HYPERV_KVP_FUZZ_LAYOUT'] as System | undefined),
  ),
};
