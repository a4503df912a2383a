import type { Column } from './columns.ts';
import { OCCURRENCE } from './signals.ts';

/** Those of both sides that stand in a pair with at most `distance` words between, the left one first. */
export function nearPairs(
  lefts: readonly number[],
  rights: readonly number[],
  { occurrences, distance }: { occurrences: Column; distance: number },
): Set<number> {
  const from = (one: number) => occurrences[one + OCCURRENCE.FROM] as number;
  const to = (one: number) => occurrences[one + OCCURRENCE.TO] as number;
  const starts = rights.map(from).sort((a, b) => a - b);
  const ends = lefts.map(to).sort((a, b) => a - b);
  const isBefore = (left: number) => hasWithin(starts, to(left), to(left) + distance);
  const isAfter = (right: number) => hasWithin(ends, from(right) - distance, from(right));
  return new Set([...lefts.filter(isBefore), ...rights.filter(isAfter)]);
}

/** True when one of the sorted numbers lies between these two, both included. */
function hasWithin(sorted: readonly number[], low: number, high: number): boolean {
  let begin = 0;
  let end = sorted.length;
  while (begin < end) {
    const middle = (begin + end) >> 1;
    if ((sorted[middle] as number) < low) begin = middle + 1;
    else end = middle;
  }
  return begin < sorted.length && (sorted[begin] as number) <= high;
}
