import { parseArgs } from 'node:util';

/** Whether the words of the command line ask for the short form. @param {readonly string[]} words */
export function quickOption(words) {
  const { values } = parseArgs({ args: [...words], options: { quick: { type: 'boolean', default: false } } });
  return values.quick;
}
