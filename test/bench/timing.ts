export function msOf(act: () => unknown): number {
  const start = performance.now();
  act();
  return performance.now() - start;
}

/** The least of three: what the article takes, not what else the machine does meanwhile. */
export function leastMsOf(act: () => unknown): number {
  return Math.min(msOf(act), msOf(act), msOf(act));
}

/** 0 where there are no values. */
export function median(values: number[]): number {
  return percentile(values, 0.5);
}

/** The value that `share` of the values are below; 0 where there are none. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
