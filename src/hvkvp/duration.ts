import { InvalidArgumentError } from 'commander';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Timers go no further. */
const longestMs = 2_000_000_000;

/** A time as `500ms`, `30s`, `5m`, `1h`, `2d`, or a number of seconds; in milliseconds. */
export function parseDuration(text: string): number {
  const [, number = '', unit = 's'] = /^([0-9]+(?:\.[0-9]+)?)(ms|[smhd])?$/.exec(text) ?? [];
  const milliseconds = number === '' ? NaN : Number(number) * (unitsMs[unit] ?? NaN);
  if (milliseconds <= longestMs) return milliseconds;
  throw new InvalidArgumentError('It must be a time such as 30s, 5m or 1h, or a number of seconds; at most 23d.');
}
