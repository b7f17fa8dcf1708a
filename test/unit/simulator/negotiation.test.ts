import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseVersions,
  decodeVersions,
  encodeVersions,
  offeredVersions,
  type Versions,
} from '../../../src/simulator/negotiation.ts';

const u16 = fc.integer({ min: 0, max: 0xffff });
const versions = fc.array(fc.record({ major: u16, minor: u16 }), { maxLength: 20 });

describe('the negotiation', () => {
  it('comes back from its bytes as it was', () => {
    fc.assert(
      fc.property(fc.record({ frameworks: versions, messages: versions }), (original: Versions) => {
        expect(decodeVersions(encodeVersions(original))).toEqual(original);
      }),
    );
  });

  it('ends with framework 3.0 and messages 4.0 when a current host offers', () => {
    expect(chooseVersions(offeredVersions)).toEqual({
      frameworks: [{ major: 3, minor: 0 }],
      messages: [{ major: 4, minor: 0 }],
    });
  });

  it('never takes messages newer than 4.0', () => {
    const offered = { ...offeredVersions, messages: [...offeredVersions.messages, { major: 5, minor: 0 }] };
    expect(chooseVersions(offered).messages).toEqual([{ major: 4, minor: 0 }]);
  });

  it('ends with nothing chosen when nothing is known', () => {
    const unknown = { frameworks: [{ major: 9, minor: 9 }], messages: [{ major: 4, minor: 0 }] };
    expect(chooseVersions(unknown)).toEqual({ frameworks: [], messages: [] });
  });
});
