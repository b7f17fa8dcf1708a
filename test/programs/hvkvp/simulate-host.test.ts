import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Ended, hvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function run(lines: readonly string[], options: readonly string[]): Ended {
  const script = join(temporaryFolder(), 'script');
  writeFileSync(script, `${lines.join('\n')}\n`);
  return hvkvp(['simulate', '--script', script, ...options]);
}

describe('the host that hvkvp simulate plays', () => {
  it.each(['windows', 'openvmm', 'strict'])('behaves as the host that is named: %s', (host) => {
    const asksAddresses = host !== 'openvmm';
    // A machine without a network has no first one.
    const addresses = asksAddresses ? 'ip first' : 'refused ip 00-15-5D-01-02-0A';
    const { status, stdout } = run(
      ['set 0 Owner Grace', 'get 0 Owner', 'restore', 'get 0 Owner', addresses],
      ['--host', host],
    );
    expect(stdout).toContain('messages of version 4.0');
    expect(stdout.includes('by messages of version 5.0 only')).toBe(!asksAddresses);
    expect(status).toBe(0);
  });

  it('says what the host will see otherwise of what a program in the guest writes', () => {
    const { status, stdout } = run(['guest Mood "fine 👋"', 'enumerate 1'], ['--platform', 'freebsd']);
    expect(stdout).toContain('ok; the host will see the value changed');
    expect(stdout).toContain('fine �');
    expect(status).toBe(0);
  });

  it('says that no adapter has a GUID whose settings are to be sent back', () => {
    const { status, stdout } = run(['set-ip 0-0 echo dhcp=off'], []);
    expect(stdout).toContain('no adapter here has the GUID 0-0');
    expect(status).toBe(1);
  });
});
