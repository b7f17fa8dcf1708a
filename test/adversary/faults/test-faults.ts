import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/message/dialect.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { expectService, type FaultyGuest, faultyGuest } from './faulty-guest.ts';
import { type Group, logOf, matrix } from './matrix.ts';
import type { HostGets, Row } from './row.ts';

/** How a fault comes and goes. */
export interface Play {
  readonly configuration?: string;
  readonly launcher?: readonly string[];
  /** How many requests meet it; 1 unless given. */
  readonly requests?: number;
  /** No record is set before. */
  readonly isFirst?: true;
  /** Lines may come again, for what they tell of is asked for again. */
  readonly isRepeated?: true;
  /** Both unless given. */
  readonly systems?: readonly System[];
  readonly begin: (guest: FaultyGuest) => unknown;
  readonly end?: (guest: FaultyGuest) => unknown;
  /** What else must hold when all is well again. */
  readonly check?: (guest: FaultyGuest) => unknown;
}

type FaultOf<G extends Group> = (typeof matrix)[G][number]['fault'];

/** Plays each row of a group of the matrix, and compares what the host gets, the whole log and what follows. */
export function testFaults<G extends Group>(group: G, plays: Readonly<Record<FaultOf<G>, Play>>): void {
  const rows: readonly Row[] = matrix[group];
  describe(`the ${group} of a daemon`, () => {
    for (const row of rows) {
      // The rows are those that the plays are for.
      const play = plays[row.fault as FaultOf<G>];
      for (const system of play.systems ?? (['linux', 'freebsd'] as const)) {
        it(`${row.fault} (${system})`, { timeout: timeoutMs }, () => meet(row, play, system));
      }
    }
  });
}

/** For a machine that is busy with other work. */
const timeoutMs = 30_000;

async function meet(row: Row, play: Play, system: System): Promise<void> {
  const { configuration = '', launcher = [], requests = 1, isFirst = false } = play;
  const guest = await faultyGuest({ system, configuration, launcher });
  const { daemon, simulator, injection } = guest;
  if (!isFirst) await expectService(guest, 'before');
  daemon.lines.length = 0;
  await play.begin(guest);
  const expected = typeof row.host === 'string' ? row.host : row.host[system];
  const log = logOf(row, system);
  const isReopened = log.some((line) => line.includes('registered'));
  for (let request = 0; request < requests; request += 1) await ask(guest, { expected, isReopened, play, request });
  if (expected !== 'its answer, once the fault is over') await play.end?.(guest);
  await simulator.daemonConnected();
  await expectService(guest, 'after');
  await play.check?.(guest);
  expect(injection.countMet()).toBe(injection.count);
  expect(await daemon.terminate()).toBe(0);
  const lines = (await guest.closed()).filter((line) => !/ debug: |ended by SIGTERM$/.test(line));
  expect(play.isRepeated === true ? [...new Set(lines)] : lines).toEqual(log.map((line) => matching(line, guest)));
  expect(simulator.violations).toEqual([]);
}

interface Question {
  readonly expected: HostGets;
  readonly isReopened: boolean;
  readonly play: Play;
  /** How many came before. */
  readonly request: number;
}

/** One request during the fault; it must get just what the row says, and when. */
async function ask(guest: FaultyGuest, { expected, isReopened, play, request }: Question): Promise<void> {
  const { daemon, injection, set, expire, registrations } = guest;
  const isWatched = isReopened && expected === 'the driver’s time-out';
  const before = isWatched ? await registrations() : 0;
  let isAnswered = false;
  const answer = set('during').finally(() => {
    isAnswered = true;
  });
  switch (expected) {
    case 'its answer':
      expect(await answer).toEqual({ status: Status.ok });
      break;
    case 'E_FAIL':
      // Without any time passing for the driver.
      expect(await answer).toEqual({ status: Status.fail });
      break;
    case 'its answer, once the fault is over':
      await daemon.logged('waiting for the device');
      expect(isAnswered).toBe(false);
      await play.end?.(guest);
      expect(await answer).toEqual({ status: Status.ok });
      break;
    case 'the driver’s time-out':
      await eventually(() => injection.countMet() >= Math.min(injection.count, request + 1));
      // FreeBSD's driver would take the next request to a daemon that is gone.
      while (isWatched && (await registrations()) === before);
      expect(isAnswered).toBe(false);
      expire();
      expect(await answer).toEqual({ status: Status.fail });
      break;
  }
}

/** A line of the matrix as the daemon writes it. */
function matching(line: string, { device }: FaultyGuest): unknown {
  const pattern = line
    .replaceAll(/[()'.]/g, String.raw`\$&`)
    .replaceAll('DEVICE', device)
    .replaceAll('…', '.*');
  return expect.stringMatching(new RegExp(`^hv_kvp_daemon: ${pattern}$`));
}
