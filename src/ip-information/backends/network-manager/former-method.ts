import type { IpFamily } from '../../../platform/adapter.ts';
import { commentBefore, readSection, withComment } from './keyfile-text.ts';

/** What a comment of ours before the method says; a profile that NetworkManager itself writes anew loses its comments. */
const form = /^set by hyperv-kvp beside static IPv6 addresses in place of ([a-z-]+)$/;

/** The method that a family had before a request gave it addresses; undefined for the one that has none either by itself. */
export function formerMethod(text: string, family: IpFamily): string | undefined {
  return form.exec(commentBefore(text, family, 'method'))?.[1];
}

/** A profile with the comment that tells the method which comes back when IPv6 addresses go, or without one that has served. */
export function withFormerMethod(text: string, family: IpFamily, before: string | undefined): string {
  if (family === 'ipv4') return text;
  const comment = commentBefore(text, family, 'method');
  const ours = form.test(comment) ? comment : '';
  if (readSection(text, family).get('method') !== 'manual') return withComment(text, family, 'method', ours, '');
  if (before === undefined || ['auto', 'manual'].includes(before)) return text;
  const next = `set by hyperv-kvp beside static IPv6 addresses in place of ${before}`;
  return withComment(text, family, 'method', ours, next);
}
