import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../../src/message/dialect.ts';
import type { Field } from '../../../src/message/field.ts';
import { layout } from '../../../src/message/layout.ts';

// The addon's own exports, of which TypeScript knows nothing.
const compiled = createRequire(import.meta.url)('../native/build/Release/layout.node') as {
  readonly size: number;
  readonly fields: Readonly<Record<string, Field>>;
};

function flatten(structures: Record<string, Record<string, Field>>): Record<string, Field> {
  const named = Object.entries(structures).flatMap(([structure, fields]) =>
    Object.entries(fields).map(([name, field]) => [`${structure}.${name}`, field] as const),
  );
  return Object.fromEntries(named);
}

describe('the layout of a message', () => {
  it("is the compiler's, field by field", () => {
    expect(flatten(layout)).toEqual(compiled.fields);
  });

  it("has the compiler's size on the running system", () => {
    const running = process.platform === 'freebsd' ? dialects.freebsd : dialects.linux;
    expect(running.messageSize).toBe(compiled.size);
  });

  it('is two bytes shorter on FreeBSD, whose delete struct is packed', () => {
    expect([dialects.linux.messageSize, dialects.freebsd.messageSize]).toEqual([7432, 7430]);
  });

  it.each([
    ['getOrSet.value', 528],
    ['enumerate.key', 20],
    ['enumerate.value', 532],
    ['delete.key', 8],
    ['ip.dhcpEnabled', 261],
    ['ip.dnsServers', 5382],
  ])('has %s at byte %d, as seen on the real drivers', (name, offset) => {
    expect(flatten(layout)[name]?.offset).toBe(offset);
  });
});
