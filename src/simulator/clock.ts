/** Time, so that a test need not wait for it. */
export interface Clock {
  /** Calls back once after so many milliseconds; returns what cancels it. */
  after(timeMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  after(timeMs, callback) {
    const timer = setTimeout(callback, timeMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
