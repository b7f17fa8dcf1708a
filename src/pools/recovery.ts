import { removeDebris, type Edited } from './edits.ts';
import type { JournalEntry } from './journal-entry.ts';
import { type Damage, judge } from './replay.ts';

/** What came of a change that a crash had left unfinished. */
export type Recovery = 'nothing' | 'finished' | 'left-to-neighbour';

/** Finishes what the journal says may be unfinished, as far as the bytes are still ours; the file's time stays as it is. */
export function recover(edited: Edited, boot: string): Recovery {
  const { file, journal, durability } = edited;
  const entry = journal.pending(file.identity.inode);
  if (entry === undefined) return 'nothing';
  const damage = damageOf(entry, boot);
  const verdict =
    damage === undefined
      ? undefined
      : judge(
          entry.change,
          entry.size,
          { size: file.size(), read: (offset, length) => file.read(Buffer.alloc(length), offset) },
          damage,
        );
  if (verdict?.kind === 'repair') {
    const { offset, bytes, hole } = verdict;
    file.keepTimes(() => {
      if (bytes.length > 0) file.write(bytes, offset);
      if (durability === 'disk') file.sync();
      if (hole !== undefined) removeDebris(edited, hole.offset, hole.length);
    });
  }
  // Also for a change that was written whole: its bytes may not be on the disk yet, and once done it is not looked at again.
  if (durability === 'disk') file.sync();
  journal.done();
  return verdict?.kind === 'repair' ? 'finished' : verdict?.kind === 'foreign' ? 'left-to-neighbour' : 'nothing';
}

/**
 * Undefined if nothing can be said: an entry that was never synced may be much older than the file that a power failure left
 * behind.
 */
function damageOf(entry: JournalEntry, boot: string): Damage | undefined {
  if (entry.boot !== '' && entry.boot === boot) return 'cut';
  return entry.durability === 'disk' || boot === '' ? 'torn' : undefined;
}
