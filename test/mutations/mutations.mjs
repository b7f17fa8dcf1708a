import { controlMutations } from './control-mutations.mjs';
import { deviceMutations } from './device-mutations.mjs';
import { faultMutations } from './fault-mutations.mjs';
import { journalMutations } from './journal-mutations.mjs';
import { liveAnswerMutations } from './live-answer-mutations.mjs';
import { messageMutations } from './message-mutations.mjs';
import { poolChangesMutations } from './pool-changes-mutations.mjs';
import { poolMutations } from './pool-mutations.mjs';
import { secretsMutations } from './secrets-mutations.mjs';

/**
 * @typedef {object} Mutation
 * @property {string} name what the mutant does, or leaves out
 * @property {string} file
 * @property {string} find must occur exactly once
 * @property {string} replace
 * @property {string} test the file that must fail on it
 */

/** Each is the naive way of something that a safety test is there for. @type {readonly Mutation[]} */
export const mutations = [
  ...journalMutations,
  ...poolMutations,
  ...poolChangesMutations,
  ...deviceMutations,
  ...faultMutations,
  ...controlMutations,
  ...liveAnswerMutations,
  ...messageMutations,
  ...secretsMutations,
];
