import { describe, expect, it } from 'vitest';
import { isChannelOpen } from '../../../../src/platform/linux/kvp-driver.ts';
import { fakeMachine } from '../fake-machine.ts';

const devices = '/sys/bus/vmbus/devices';
const kvp = '{a9a0f4e7-5a45-4d96-b827-8a841e8c03e6}';
const network = '{f8615163-df3e-46c5-913f-f2d2f965ed0e}';

function withState(state?: string, classId = kvp) {
  const files = {
    [`${devices}/0001/class_id`]: `${network}\n`,
    [`${devices}/0001/state`]: '1\n',
    [`${devices}/0002/class_id`]: `${classId}\n`,
    ...(state !== undefined && { [`${devices}/0002/state`]: `${state}\n` }),
  };
  return fakeMachine({ files });
}

describe("the driver's channel to the host", () => {
  it.each(['0', '1', '2'])('is not open yet in state %s of its device', (state) => {
    expect(isChannelOpen(withState(state))).toBe(false);
    expect(isChannelOpen(withState(state, kvp.toUpperCase()))).toBe(false);
  });

  it('is open in state 3', () => {
    expect(isChannelOpen(withState('3'))).toBe(true);
  });

  it('counts as open where nothing tells: no state, no such device, no bus', () => {
    expect(isChannelOpen(withState())).toBe(true);
    expect(isChannelOpen(withState('1', network))).toBe(true);
    expect(isChannelOpen(fakeMachine({}))).toBe(true);
  });
});
