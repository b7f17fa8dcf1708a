// What is better done by C++, and what by JavaScript: docs/decisions/0008-native-or-javascript.md.
import { quickOption } from '../quick-option.mjs';
import { buildAddon } from './addon.mjs';

export const isPrivate = true;
export const prepare = buildAddon;

const plans = {
  quick: { rounds: 2, limitMs: 50, warmUpMs: 50 },
  full: { rounds: 5, limitMs: 500, warmUpMs: 300 },
};

/** @param {readonly string[]} words @returns {Promise<import('../run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const { transportTable } = await import('./transport.mjs');
  const { codecTable } = await import('./codec.mjs');
  const { fileCallsTable } = await import('./file-calls.mjs');
  return { tables: [await transportTable(plan), codecTable(), fileCallsTable()], figures: [] };
}
