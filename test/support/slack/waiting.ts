export interface Wait<T> {
  /** The value waited for; undefined while it is not there. */
  read: () => T | undefined;
  /** Registers a callback for every change; returns how to stop that. */
  onChange: (listener: () => void) => () => void;
  timeoutMs: number;
  /** What there is instead, for the error. */
  describe: () => string;
}

/** Resolves as soon as the value is there. Rejects after the time-out, or when reading throws. */
export function waitUntil<T>(wait: Wait<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const check = () => {
    try {
      const value = wait.read();
      if (value !== undefined) resolve(value);
    } catch (error) {
      reject(error);
    }
  };
  const stop = wait.onChange(check);
  const timer = setTimeout(() => reject(new Error(wait.describe())), wait.timeoutMs);
  check();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}
