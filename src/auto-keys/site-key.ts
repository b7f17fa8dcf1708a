import { type Awaitable, whenReady } from '../message/awaitable.ts';
import type { AutoKey, KeySources } from './key-table.ts';
import { carriedLimits } from '../pools/limits.ts';
import type { SiteKey, SiteValue } from './report-settings.ts';

/** A key that the site adds; without its file or its key in pool "guest" it has an empty value, so that no index moves. */
export function siteKey({ name, source }: SiteKey): AutoKey {
  return { name, resolve: (sources) => whenReady(read(source, sources), within) };
}

function read(source: SiteValue, { readFirstLine, guestValue }: KeySources): Awaitable<string> {
  switch (source.from) {
    case 'literal':
      return source.text;
    case 'file':
      return readFirstLine(source.path) ?? '';
    case 'guest':
      return whenReady(guestValue(Buffer.from(source.key)), (value) => value?.toString() ?? '');
  }
}

/** Cut at a whole character. */
function within(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= carriedLimits.value) return text;
  return new TextDecoder().decode(bytes.subarray(0, carriedLimits.value), { stream: true });
}
