import { describe, expect, it } from 'vitest';
import { troubleWords } from '../../../src/hvkvp/pools/trouble-words.ts';
import { warner } from '../../../src/hvkvp/pools/host-warnings.ts';
import { dialects, type System } from '../../../src/message/dialect.ts';
import { hostTroubles } from '../../../src/pools/host-readers.ts';

async function warnings(key: string | Buffer, value: string, system: System, unsafe = false) {
  const texts: string[] = [];
  const readers = { unsafe, dialect: dialects[system], warn: (text: string) => texts.push(text) };
  await warner({ records: () => [] }, readers)([{ key: Buffer.from(key), value: Buffer.from(value) }]);
  return texts;
}

describe('what FreeBSD’s driver does not carry', () => {
  it.each([
    ['a character beyond the BMP in a value', 'Mood', 'fine 👋', 'the host will see the value changed'],
    ['a long value', 'Mood', 'v'.repeat(1024), 'the host will see the value changed'],
    ['a character beyond the BMP in a key', '👋', 'v', "the host will see the key as '�~"],
    ['a long key', 'k'.repeat(256), 'v', "the host will see the key as 'kkkk"],
    ['a key that is not UTF-8', Buffer.of(0x6b, 0xff), 'v', "the host will see the key as 'k�~"],
  ])('is said before it is written: %s', async (_, key, value, text) => {
    for (const unsafe of [false, true]) {
      const [told] = await warnings(key, value, 'freebsd', unsafe);
      expect(told).toContain(text);
      expect(told).toContain('254 UTF-16 units of a key, 1022 of a value, and no character beyond U+FFFF');
    }
    expect(await warnings(key, value, 'linux')).toEqual([]);
  });

  it('does not show a value, which may be a secret', async () => {
    expect((await warnings('Password', 'hunter2 👋', 'freebsd')).join()).not.toContain('hunter2');
  });

  it('is counted', () => {
    const records = [
      { key: Buffer.from('Mood'), value: Buffer.from('fine 👋') },
      { key: Buffer.from('Owner'), value: Buffer.from('Grace') },
    ];
    const words = (system: System) =>
      troubleWords(
        { pool: 1, records: 2, duplicates: 0, troubles: hostTroubles(records, dialects[system]) },
        dialects[system],
      );
    expect(words('freebsd')).toEqual([expect.stringContaining('1 record that the host sees changed')]);
    expect(words('linux')).toEqual([]);
  });
});
