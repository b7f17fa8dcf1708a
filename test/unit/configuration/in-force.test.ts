import { expect, it } from 'vitest';
import { configurationSchema } from '../../../src/configuration/configuration.ts';
import { fixedKeys, valuesOf } from '../../../src/configuration/in-force.ts';
import { loadSettings } from '../../../src/configuration/settings.ts';

it('what is in force has every key of the configuration, and no other', async () => {
  const all = Object.entries(configurationSchema.entries).flatMap(([name, { wrapped }]) =>
    'entries' in wrapped ? Object.keys(wrapped.entries).map((key) => `${name}.${key}`) : [name],
  );
  const values = valuesOf(await loadSettings({ system: 'linux', configuration: '/dev/null' }));
  // Which has no keys of its own at first.
  expect(Object.keys(values).sort()).toEqual(all.filter((key) => key !== 'report.keys').sort());
  expect(all).toEqual(expect.arrayContaining([...fixedKeys]));
});
