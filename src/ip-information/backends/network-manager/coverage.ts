import type { Adapter } from '../../../platform/adapter.ts';
import { matchesGlob } from '../../../platform/glob.ts';
import { readSection } from './keyfile-text.ts';

/** Whether a profile is for an adapter: for it alone, for others too, or not. */
export type Coverage = 'alone' | 'too' | 'not';

/** As nm-settings(5) says of `interface-name`, `mac-address` and `match.interface-name`. */
export function coverageOf(text: string, { name, mac }: Adapter): Coverage {
  const ownName = readSection(text, 'connection').get('interface-name') ?? '';
  const ownMac = wired(text).get('mac-address') ?? '';
  const patterns = readSection(text, 'match').get('interface-name') ?? '';
  const isFor =
    (ownName === '' || ownName === name) &&
    (ownMac === '' || ownMac.toLowerCase().replaceAll('-', ':') === mac) &&
    matches(
      name,
      patterns.split(';').filter((pattern) => pattern !== ''),
    );
  if (!isFor) return 'not';
  return ownName === '' && ownMac === '' ? 'too' : 'alone';
}

/** The section that NetworkManager takes by either name. */
export function wiredSection(text: string): string {
  return readSection(text, '802-3-ethernet').size > 0 ? '802-3-ethernet' : 'ethernet';
}

function wired(text: string): ReadonlyMap<string, string> {
  return readSection(text, wiredSection(text));
}

/** One of those without a sign or with "|" must fit, all with "&", and none with "!". */
function matches(name: string, patterns: readonly string[]): boolean {
  const parsed = patterns.map((pattern) => {
    const [, sign = '', isNot = '', glob = ''] = /^([|&]?)(!?)(.*)$/.exec(pattern) ?? [];
    const fits = matchesGlob(name, glob.replaceAll('[^', '[!'));
    return { isMandatory: sign === '&' || (sign === '' && isNot !== ''), fits: fits === (isNot === '') };
  });
  const optional = parsed.filter(({ isMandatory }) => !isMandatory);
  return (
    parsed.every(({ isMandatory, fits: isMet }) => !isMandatory || isMet) &&
    (optional.length === 0 || optional.some(({ fits: isMet }) => isMet))
  );
}
