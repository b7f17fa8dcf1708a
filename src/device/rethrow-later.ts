/** Node swallows what a native callback throws; from setImmediate it ends the process, as a bug should. */
export function rethrowLater(action: () => void): void {
  try {
    action();
  } catch (error) {
    crash(error);
  }
}

/** The end of a promise that nobody awaits and that only a bug rejects. */
export function crash(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
