import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyIndex } from '../../src/pools/key-index.ts';

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
        for (const one of ['a', 'b', 'c', 'd']) {
          const slot = model.indexOf(one);
          expect(index.slotOf(one)).toBe(slot < 0 ? undefined : slot);
        }
      }
    }),
  );
});
