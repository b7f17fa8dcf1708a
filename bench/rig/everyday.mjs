import { guestPool } from './programs.mjs';

/** @param {number} records of the guest pool @returns {readonly string[]} */
function requests(records) {
  const added = `${guestPool} ${records} ${records}`;
  return [
    `get ${guestPool} 0 ${records - 1}`,
    `set ${guestPool} 0 ${records - 1}`,
    `enumerate ${guestPool} 0 ${records - 1}`,
    'enumerate 2 0 9',
    `set ${added}`,
    `delete ${added}`,
  ];
}

const roundsAtOnce = 5000;
/** Far beyond what so many rounds take. */
const limitMs = 600_000;

/**
 * What hosts ask for, one after the other; every reply must say that it went well.
 * @param {import('./channel.mjs').Channel} channel @param {number} records
 */
export function everyday(channel, records) {
  const all = requests(records);
  return {
    /** At least so many transactions. @param {number} transactions */
    async run(transactions) {
      for (let done = 0; done < transactions; ) {
        const count = Math.min(roundsAtOnce, Math.ceil((transactions - done) / all.length));
        const { succeeded } = await channel.measure({ requests: all, count, limitMs });
        if (succeeded !== count * all.length) {
          throw new Error(`${succeeded} of ${count * all.length} replies were good`);
        }
        done += succeeded;
      }
    },
  };
}
