import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyIndex } from '../../../src/pools/key-index.ts';

const key = fc.constantFrom('a', 'b', 'c');

it('finds the first slot of each key, whatever is appended and removed', () => {
  const step = fc.oneof(fc.record({ append: key }), fc.record({ remove: key }));
  fc.assert(
    fc.property(fc.array(key), fc.array(step), (keys, steps) => {
      const index = new KeyIndex([...keys]);
      const model: string[] = [...keys];
      for (const each of steps) {
        if ('append' in each) {
          index.append(each.append);
          model.push(each.append);
        } else {
          const slot = index.slotOf(each.remove);
          if (slot === undefined) continue;
          index.remove(slot);
          model.splice(slot, 1);
        }
        expect(index.length).toBe(model.length);
        expect(index.distinctKeys).toBe(new Set(model).size);
        for (const one of ['a', 'b', 'c', 'd']) {
          const slot = model.indexOf(one);
          expect(index.slotOf(one)).toBe(slot < 0 ? undefined : slot);
        }
      }
    }),
  );
});

it('finds every key again after many others have come and gone', () => {
  const keys = Array.from({ length: 1000 }, (_, number) => `key${number}`);
  const index = new KeyIndex(keys.slice(0, 10));
  // From the end, as a host undoes what it has set; each comes a second time, when the first has long been forgotten.
  for (const added of [keys.slice(10), keys.slice(10)]) {
    for (const one of added) index.append(one);
    for (const one of added.toReversed()) index.remove(index.slotOf(one) ?? Number.NaN);
    expect(added.filter((one) => index.slotOf(one) !== undefined)).toEqual([]);
    expect(keys.slice(0, 10).map((one) => index.slotOf(one))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([index.length, index.distinctKeys]).toEqual([10, 10]);
  }
  index.clear();
  expect([index.length, index.distinctKeys, index.slotOf('key0')]).toEqual([0, 0, undefined]);
});
