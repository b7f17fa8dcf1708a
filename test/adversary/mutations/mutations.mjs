import { addressMutations } from './address-mutations.mjs';
import { commandMutations } from './command-mutations.mjs';
import { controlMutations } from './control-mutations.mjs';
import { deviceMutations } from './device-mutations.mjs';
import { faultMutations } from './fault-mutations.mjs';
import { freebsdMutations } from './freebsd-mutations.mjs';
import { ifupdownMutations } from './ifupdown-mutations.mjs';
import { inheritanceMutations } from './inheritance-mutations.mjs';
import { injectionMutations } from './injection-mutations.mjs';
import { journalMutations } from './journal-mutations.mjs';
import { liveAnswerMutations } from './live-answer-mutations.mjs';
import { messageMutations } from './message-mutations.mjs';
import { netplanMutations } from './netplan-mutations.mjs';
import { networkManagerMutations } from './network-manager-mutations.mjs';
import { networkdMutations } from './networkd-mutations.mjs';
import { poolChangesMutations } from './pool-changes-mutations.mjs';
import { poolMutations } from './pool-mutations.mjs';
import { privilegeMutations } from './privilege-mutations.mjs';
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
  ...addressMutations,
  ...injectionMutations,
  ...ifupdownMutations,
  ...freebsdMutations,
  ...networkManagerMutations,
  ...networkdMutations,
  ...netplanMutations,
  ...privilegeMutations,
  ...secretsMutations,
  ...commandMutations,
  ...inheritanceMutations,
];
