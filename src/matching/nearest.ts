import { fold } from '../text/tokens.ts';

/** Our limit: more names than these are no help to somebody who mistyped one. */
const MAX_SUGGESTIONS = 3;
/** More slips than these in a word, and another was meant. */
const MAX_SLIPS = 2;

/** The names that somebody may have meant by this one, likeliest first: those of few slips, then those that share a part. */
export function nearestNames(name: string, names: Iterable<string>): string[] {
  const wanted = fold(name);
  const ranked: { name: string; rank: number }[] = [];
  for (const candidate of names) {
    const known = fold(candidate);
    const slips = Math.abs(known.length - wanted.length) > MAX_SLIPS ? Infinity : slipsBetween(wanted, known);
    if (slips <= MAX_SLIPS && slips < wanted.length / 2) ranked.push({ name: candidate, rank: slips });
    else if (sharesWord(wanted, known)) ranked.push({ name: candidate, rank: MAX_SLIPS + known.length });
  }
  ranked.sort((a, b) => a.rank - b.rank);
  return ranked.slice(0, MAX_SUGGESTIONS).map((one) => one.name);
}

function sharesWord(wanted: string, known: string): boolean {
  const words = known.split(/[\s-]+/);
  return wanted
    .split(/[\s-]+/)
    .some((part) => part.length > 3 && words.some((word) => word.startsWith(part)));
}

/** Letters to add, drop or change (Levenshtein). */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
