import { describe, expect, it } from 'vitest';
import { asked } from './support/asked.ts';
import { fuzz } from './support/fuzz.ts';

/** Of these, one in so many would be a message of another kind anyway. */
const share = 100;
const fewest = 50;
const { seed } = asked;
const messages = Math.max(fewest, Math.ceil(asked.messages / share));
const backEnds = {
  linux: ['ifupdown', 'ifcfg', 'wicked', 'netplan', 'network-manager', 'networkd', 'script'],
  freebsd: ['freebsd'],
} as const;

describe.each(asked.systems)(`${messages} requests for other addresses to a guest of %s, seed ${seed},`, (system) => {
  it.each(backEnds[system])(
    'are refused after a dry run of %s, whatever they say',
    async (backEnd) => {
      const options = { configuration: `[ip_injection]\nmode = "dry-run"\nbackend = "${backEnd}"` };
      const { finding, daemon } = await fuzz({ system, seed, messages, ipOneIn: 1, options });
      const strayLines = daemon.strayLines();
      const hasPlanned = daemon.log().includes('dry run: ');
      await daemon.end();
      expect(finding).toBe('');
      expect(strayLines).toEqual([]);
      // Else nothing has come so far.
      expect(hasPlanned).toBe(true);
    },
    Infinity,
  );
});
