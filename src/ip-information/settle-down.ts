import { answerWithin, type Deadline } from './deadline.ts';

/**
 * How often in a row all must be well. A network manager may take away at once what it has just set, to set it anew; one that says
 * that it is at work is watched for longer, but not for ever: it may wait for a router that does not exist.
 */
const readings = { idle: 2, busy: 10 } as const;

/** What is still amiss when the time is over; undefined as soon as nothing is any more. */
export async function troubleWithin(
  deadline: Deadline,
  ask: () => Promise<string | undefined>,
  isBusy: () => boolean = () => false,
): Promise<string | undefined> {
  let trouble: string | undefined;
  let inARow = 0;
  await answerWithin(deadline, async () => {
    trouble = await ask();
    inARow = trouble === undefined ? inARow + 1 : 0;
    return inARow >= (isBusy() ? readings.busy : readings.idle) || undefined;
  });
  return trouble;
}
