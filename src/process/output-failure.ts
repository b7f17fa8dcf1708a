/**
 * From now on standard output that cannot be written ends this program, with the status that `tell` returns once it has printed why;
 * without a word and as a success if nobody reads it any more, as in `hvkvp dump | head -1`. Standard error that cannot be
 * written changes no end: nobody is left to read why.
 */
export function endWithOutput(tell: (trouble: string) => number): void {
  whenOutputFails((trouble) => {
    process.exit(trouble === undefined ? 0 : tell(trouble));
  });
  process.stderr.removeAllListeners('error').on('error', () => undefined);
}

/** For a program that changes something: it goes on all the same, and ends with that status. */
export function outliveOutput(tell: (trouble: string) => number): void {
  whenOutputFails((trouble) => {
    if (trouble !== undefined) process.exitCode = tell(trouble);
  });
}

function whenOutputFails(act: (trouble: string | undefined) => void): void {
  process.stdout.removeAllListeners('error').once('error', (error: NodeJS.ErrnoException) => {
    process.stdout.on('error', () => undefined);
    act(error.code === 'EPIPE' ? undefined : `cannot write to standard output: ${error.message}`);
  });
}
