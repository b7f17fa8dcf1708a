/** Node swallows what a native callback throws; from setImmediate it ends the process, as a bug should. */
export function rethrowLater(action: () => void): void {
  try {
    action();
  } catch (error) {
    setImmediate(() => {
      throw error;
    });
  }
}
