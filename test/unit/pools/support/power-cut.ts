import { apply, type DiskOperation } from './recording-disk.ts';

const sectorSize = 512;

/** A part of the disk that may be in one of several states after the power failed. */
interface Choice {
  readonly path: string;
  readonly states: readonly (number | Buffer)[];
  /** The sector; undefined for the file's size. */
  readonly sector?: number;
}

/** The disk after a power failure, but for what is chosen. */
export interface FailedDisk {
  readonly choices: readonly Choice[];
  readonly durable: ReadonlyMap<string, Buffer>;
}

/**
 * Between two syncs of a file each of its sectors may have reached the disk or not, or partly, and so may its size, each for
 * itself: whatever order the operations had.
 */
export function failedDisk(
  before: ReadonlyMap<string, Buffer>,
  operations: readonly DiskOperation[],
  tear: () => number,
): FailedDisk {
  const durable = new Map(before);
  const versions = new Map([...before].map(([path, bytes]) => [path, [bytes]]));
  for (const operation of operations) {
    const known = versions.get(operation.path) ?? [];
    const latest = known.at(-1) ?? Buffer.alloc(0);
    if (operation.kind === 'sync') {
      versions.set(operation.path, [latest]);
      durable.set(operation.path, latest);
    } else {
      versions.set(operation.path, [...known, apply(latest, operation)]);
    }
  }
  const choices = [...versions].flatMap(([path, known]) => choicesOf(path, known, tear));
  return { choices, durable };
}

function choicesOf(path: string, versions: readonly Buffer[], tear: () => number): Choice[] {
  const longest = Math.max(...versions.map((bytes) => bytes.length));
  const choices: Choice[] = [];
  const sizes = distinctNumbers(versions.flatMap((bytes, index) => sizesBetween(versions[index - 1], bytes)));
  if (sizes.length > 1) choices.push({ path, states: sizes });
  // Zeroed is the rest of the block in which a file ends after a truncation: nothing if it ends at its beginning.
  const withBytes = versions.at(-1)?.length === 0 ? versions.slice(0, -1) : versions;
  for (let sector = 0; sector * sectorSize < longest; sector += 1) {
    const contents = distinctBuffers(withBytes.map((bytes) => sectorOf(bytes, sector)));
    if (contents.length < 2) continue;
    choices.push({ path, sector, states: distinctBuffers([...contents, ...tornBetween(contents, tear)]) });
  }
  return choices;
}

/** A file that grows may be found with any number of its new sectors. */
function sizesBetween(previous: Buffer | undefined, { length }: Buffer): number[] {
  const sizes = [length];
  for (let size = (previous?.length ?? length) + sectorSize; size < length; size += sectorSize) sizes.push(size);
  return sizes;
}

/** Both ends of a sector are as likely to have been written first. */
function tornBetween(contents: readonly Buffer[], tear: () => number): Buffer[] {
  return contents.slice(1).map((after, index) => {
    const before = contents[index] ?? after;
    const cut = Math.floor(tear() * sectorSize);
    const [first, second] = tear() < 1 / 2 ? [after, before] : [before, after];
    return Buffer.concat([first.subarray(0, cut), second.subarray(cut)]);
  });
}

/** The files if each choice falls as told. */
export function filesAfter({ choices, durable }: FailedDisk, picks: readonly number[]): Map<string, Buffer> {
  const chosen = choices.map((choice, index) => ({ ...choice, state: choice.states[picks[index] ?? 0] }));
  const files = new Map<string, Buffer>();
  for (const [path, bytes] of durable) {
    const own = chosen.filter((choice) => choice.path === path);
    const size = own.map(({ state }) => state).find((state) => typeof state === 'number') ?? bytes.length;
    const content = Buffer.alloc(
      Math.max(size, bytes.length, ...own.map(({ sector = 0 }) => (sector + 1) * sectorSize)),
    );
    bytes.copy(content);
    for (const { sector, state } of own) {
      if (sector !== undefined && Buffer.isBuffer(state)) state.copy(content, sector * sectorSize);
    }
    files.set(path, content.subarray(0, size));
  }
  return files;
}

/** Every way in which the choices can fall. */
export function* allPicks(choices: readonly Choice[]): Generator<number[]> {
  const picks = choices.map(() => 0);
  for (;;) {
    yield picks;
    let place = 0;
    for (; place < choices.length; place += 1) {
      const next = (picks[place] ?? 0) + 1;
      if (next < (choices[place]?.states.length ?? 0)) {
        picks[place] = next;
        break;
      }
      picks[place] = 0;
    }
    if (place === choices.length) return;
  }
}

export function somePicks(choices: readonly Choice[], random: () => number): number[] {
  return choices.map(({ states }) => Math.floor(random() * states.length));
}

function sectorOf(bytes: Buffer, sector: number): Buffer {
  const result = Buffer.alloc(sectorSize);
  bytes.subarray(sector * sectorSize, (sector + 1) * sectorSize).copy(result);
  return result;
}

function distinctNumbers(numbers: readonly number[]): number[] {
  return [...new Set(numbers)];
}

function distinctBuffers(buffers: readonly Buffer[]): Buffer[] {
  return [...new Map(buffers.map((bytes) => [bytes.toString('latin1'), bytes])).values()];
}
