import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Durability } from '../../../src/pools/journal-entry.ts';
import { makePlace, records, textsOf } from '../../unit/pools/support/open-pool.ts';
import { seededRandom } from '../../unit/pools/support/random.ts';

/** `npm run suite -- kill-storm` asks for more. */
const kills = Number(process.env['HYPERV_KVP_KILLS'] ?? 100);
const recordCount = Number(process.env['HYPERV_KVP_RECORDS'] ?? 300);
/** How long a storm lives: lines that it tells, by the machine's own pace, and a moment more. */
const longestLife = { lines: 20, ms: 4 };
const msAKill = 2000;
const storm = fileURLToPath(new URL('storm.mjs', import.meta.url));

const shares: readonly (readonly [Durability, number])[] = [
  ['memory', Math.ceil(kills * 0.7)],
  ['disk', Math.floor(kills * 0.3)],
];

for (const [durability, count] of shares) {
  it(
    `${count} kills at random moments lose, tear or resurrect nothing (durability ${durability})`,
    async () => {
      const place = makePlace();
      writeFileSync(place.path, records(recordCount));
      const random = seededRandom(count);
      let model: readonly string[] = textsOf(readFileSync(place.path));
      // Of the kills that fall into a change, some leave it unfinished; a storm without any of them has shown
      // nothing and goes on, since on a busy machine most fall before the first change.
      for (let kill = 0; kill < count || (place.warnings.length === 0 && kill < count * 10); kill += 1) {
        const told = await stormUntilKilled(place.directory, durability, kill, random);
        const { answered, unanswered } = afterStorm(model, told);
        const recovered = place.open({ durability });
        await recovered.at(1).get(Buffer.from('key1'));
        recovered.close();
        const found = textsOf(readFileSync(place.path));
        const isWhole = sameTexts(found, answered) || sameTexts(found, unanswered);
        if (!isWhole) {
          expect.fail(`kill ${kill} after\n${told.slice(-4).join('\n')}\n${firstDifference(found, answered)}`);
        }
        model = found;
      }
      expect(place.warnings.length).toBeGreaterThan(0);
    },
    kills * msAKill,
  );
}

/** The lines that the program told before it died. */
async function stormUntilKilled(
  directory: string,
  durability: Durability,
  seed: number,
  random: () => number,
): Promise<string[]> {
  const child = spawn(process.execPath, [storm, directory, durability, String(seed), String(recordCount)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines = random() * longestLife.lines;
  let told = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    told += String(text);
    if (told.split('\n').length <= lines) continue;
    await pause(random() * longestLife.ms);
    child.kill('SIGKILL');
  }
  await closed;
  return told.split('\n').slice(1, -1);
}

/** What must be in the pool, and what else may be because the last change was not answered. */
function afterStorm(before: readonly string[], told: readonly string[]): Record<'answered' | 'unanswered', string[]> {
  const answered = [...before];
  let unanswered: string[] | undefined;
  for (const line of told) {
    if (line === 'done') {
      answered.splice(0, answered.length, ...(unanswered ?? []));
      unanswered = undefined;
    } else {
      unanswered = afterChange(answered, line);
    }
  }
  return { answered, unanswered: unanswered ?? answered };
}

function afterChange(texts: readonly string[], line: string): string[] {
  const [kind, key = '', text = ''] = line.split(' ');
  const slot = texts.findIndex((each) => each.startsWith(`${key}=`));
  const changed = [...texts];
  if (kind === 'set') changed.splice(slot < 0 ? texts.length : slot, 1, `${key}=${repeated(text)}`);
  else if (slot >= 0) changed.splice(slot, 1);
  return changed;
}

function repeated(text: string): string {
  const storedValue = 2048;
  return text.repeat(Math.floor(storedValue / text.length));
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function firstDifference(found: readonly string[], expected: readonly string[]): string {
  const index = found.findIndex((text, place) => text !== expected[place]);
  return `${found.length} records for ${expected.length}, at ${index}: ${found[index] ?? ''} for ${expected[index] ?? ''}`;
}
