import type { Condition } from './condition.ts';
import { leadEndOf } from './lead.ts';

/** Words that tell of something else than a topic when they stand around all that speaks for it: sport, a film. */
export interface Guard {
  /** What they tell of instead, for people: "film or book". */
  name: string;
  /** Points off for each different one of them, up to two. */
  weight: number;
  /** How many characters around them they tell of: few for a figure of speech, which holds the topic's own word. */
  reach: number;
  item: Condition;
}

/** Ways in which words tell of something else: surely, with a second one, or as a figure of speech. */
export const SIGNS = {
  /** Those of their own sentence and the next. */
  sure: { weight: 60, reach: 100 },
  unsure: { weight: 30, reach: 100 },
  figure: { weight: 60, reach: 20 },
} as const;

/** A match with so many points off, of 100, does not alert: it is a near-miss. */
export const NEAR_MISS_DOUBT = 50;
/** Points off for a place that is only mentioned: enough for a near-miss. */
export const PASSING_DOUBT = 60;

/** Different signs beyond this many say nothing more. */
const MAX_SIGNS = 2;
/** An article with so many different signs in title and lead tells of that all through. */
const SIGNS_OF_ALL = 3;

/** Occurrences as `Found` has them, from one number to before another. */
interface Stretch {
  from: number;
  to: number;
}

/** What the signs of a guard do to a match. */
interface Verdict {
  /** How many different ones count; 0 when something that speaks for the topic stands apart from all of them. */
  signs: number;
  /** Where the first one that counts is. */
  at: number;
}

const UNDOUBTED: Verdict = { signs: 0, at: 0 };

/**
 * How much the signs tell of words that were found: all of them must stand in reach of a sign, or title and lead must
 * be full of signs, and the title hold one.
 */
export function weighSigns(
  found: readonly number[],
  evidence: Stretch,
  signs: Stretch,
  { titleEnd, reach }: { titleEnd: number; reach: number },
): Verdict {
  if (evidence.from === evidence.to) return UNDOUBTED;
  const isNear = (word: number, sign: number) =>
    (found[sign] as number) <= (found[word + 1] as number) + reach &&
    (found[sign + 1] as number) >= (found[word] as number) - reach;
  const isIn = (end: number) => (sign: number) => (found[sign + 1] as number) <= end;
  const isAbout = different(found, signs, isIn(leadEndOf(titleEnd)));
  const isTitled = different(found, signs, isIn(titleEnd)).signs > 0;
  if (isTitled && isAbout.signs >= SIGNS_OF_ALL) return { ...isAbout, signs: MAX_SIGNS };
  for (let word = evidence.from; word < evidence.to; word += 4) {
    if (different(found, signs, (sign) => isNear(word, sign)).signs === 0) return UNDOUBTED;
  }
  const near = different(found, signs, (sign) => {
    for (let word = evidence.from; word < evidence.to; word += 4) if (isNear(word, sign)) return true;
    return false;
  });
  return { ...near, signs: Math.min(MAX_SIGNS, near.signs) };
}

/** How many different signs count, and where the first of those is. */
function different(
  found: readonly number[],
  { from, to }: Stretch,
  counts: (sign: number) => boolean,
): Verdict {
  const known = new Set<number>();
  let first = -1;
  for (let sign = from; sign < to; sign += 4) {
    if (!counts(sign)) continue;
    known.add(found[sign + 3] as number);
    if (first < 0) first = sign;
  }
  return { signs: known.size, at: Math.max(0, first) };
}
