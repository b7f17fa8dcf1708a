import { openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { native } from '../../src/device/native.ts';
import { isSystemError, systemError } from '../../src/device/system-error.ts';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const path = '/nonexistent/device';

describe('an error of the addon', () => {
  it('becomes what node:fs would throw', () => {
    const ours = systemError(
      thrownBy(() => new native.KvpDevice(path, () => undefined)),
      path,
    );
    const nodes = thrownBy(() => openSync(path, 'r'));
    expect(isSystemError(ours)).toBe(true);
    expect({ ...(ours as object) }).toEqual({ ...(nodes as object) });
    expect((ours as Error).message).toBe((nodes as Error).message);
  });

  it('is told once only, and an error of node:fs stays as it is', () => {
    const nodes = thrownBy(() => openSync(path, 'r'));
    expect(systemError(nodes, path)).toBe(nodes);
    const bug = new TypeError('a bug');
    expect(systemError(bug, path)).toBe(bug);
  });
});
