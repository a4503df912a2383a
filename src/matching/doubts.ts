import type { Condition } from './condition.ts';
import { leadEndOf } from './lead.ts';

/** Words that tell of something else than a topic when they stand around all that speaks for it: sport, a film. */
export interface Guard {
  /** What they tell of instead, for people: "film or book". */
  name: string;
  kind: SignKind;
  item: Condition;
}

/** How signs tell of something else: points off for each different one, and for words how many characters away. */
interface Kind {
  weight: number;
  reach: number;
}

/**
 * Ways in which words tell of something else: surely, with a second one, or as a figure of speech. That holds the
 * topic's own word, so it counts even in hard news: "the anniversary of the bombing that killed nine". Beside hard
 * news, reaches of 40 to 100 make the same near-misses; one of 12 for figures took away "thousands protest on the
 * anniversary of the coup", and one of 4 "bombers strike on the anniversary of the attack".
 */
const SIGNS = {
  sure: { weight: 60, reach: 60 },
  unsure: { weight: 30, reach: 60 },
  figure: { weight: 60, reach: 0 },
} as const satisfies Record<string, Kind>;

export type SignKind = keyof typeof SIGNS;

export const SIGN_KINDS = Object.keys(SIGNS) as SignKind[];

/** A match with so many points off, of 100, does not alert: it is a near-miss. */
export const NEAR_MISS_DOUBT = 50;
/** Points off for a place that is only mentioned: enough for a near-miss. */
export const PASSING_DOUBT = 60;

/** Hard news tells of words in its own sentence and the next. */
export const NEWS_REACH = 100;

/** Different signs beyond this many say nothing more. */
const MAX_SIGNS = 2;
/** An article with so many different signs in title and lead tells of that all through. */
const SIGNS_OF_ALL = 3;

/** Occurrences as `Found` has them, from one number to before another. */
export interface Stretch {
  from: number;
  to: number;
}

interface Span {
  start: number;
  end: number;
}

/** The points that the signs of a guard take off, and where the first one stands that counts. */
interface Verdict extends Span {
  points: number;
}

/**
 * What the signs make of words that were found, or of those in the title; null unless all of those stand in reach of
 * a sign, or title and lead are full of signs, and the title holds one. Of figures: null if any of the `rest` is
 * there, which holds without the words in them: "explodes" is no bombing beside a "box-office bomb".
 */
export function weighSigns(
  found: readonly number[],
  { evidence, signs, rest }: { evidence: Stretch; signs: Stretch; rest: Stretch },
  { titleEnd, kind, isInTitle }: { titleEnd: number; kind: SignKind; isInTitle: boolean },
): Verdict | null {
  const { weight, reach } = SIGNS[kind];
  const isMeant = ({ end }: Span) => !isInTitle || end <= titleEnd;
  const words = spansOf(found, evidence).filter(isMeant);
  if (words.length === 0) return null;
  const all = spansOf(found, signs);
  const isNearSign = (word: Span) => all.some((sign) => areNear(word, sign, reach));
  if (kind !== 'figure') {
    const about = all.filter(({ end }) => end <= leadEndOf(titleEnd));
    const isAbout = different(about) >= SIGNS_OF_ALL && about.some(({ end }) => end <= titleEnd);
    if (isAbout) return verdict(about, weight);
    if (!words.every(isNearSign)) return null;
  } else if (spansOf(found, rest).some(isMeant)) return null;
  const near = all.filter((sign) => words.some((word) => areNear(word, sign, reach)));
  return verdict(near, weight);
}

/** Whether one of the words stands with so many characters at most between it and one of the signs. */
export function isAnyNear(
  found: readonly number[],
  evidence: Stretch,
  signs: Stretch,
  reach: number,
): boolean {
  const near = spansOf(found, signs);
  return spansOf(found, evidence).some((word) => near.some((sign) => areNear(word, sign, reach)));
}

/** Whether one of them ends before that offset. */
export function isAnyBefore(found: readonly number[], stretch: Stretch, before: number): boolean {
  return spansOf(found, stretch).some(({ end }) => end <= before);
}

/** A sign, and which one it is. */
interface Sign extends Span {
  of: number;
}

export function spansOf(found: readonly number[], { from, to }: Stretch): Sign[] {
  const spans: Sign[] = [];
  for (let at = from; at < to; at += 4) {
    const [start = 0, end = 0, , of = 0] = found.slice(at, at + 4);
    spans.push({ start, end, of });
  }
  return spans;
}

function areNear(one: Span, other: Span, reach: number): boolean {
  return other.start <= one.end + reach && other.end >= one.start - reach;
}

/** Longest first, where they begin at the same place. */
function inOrder(signs: Sign[]): Sign[] {
  return signs.toSorted((one, other) => one.start - other.start || other.end - one.end);
}

/** How many there are: "new novel" and the "novel" in it are one. */
function different(signs: Sign[]): number {
  const known = new Set<number>();
  let before = -1;
  for (const { start, end, of } of inOrder(signs)) {
    if (start < before) continue;
    known.add(of);
    before = end;
  }
  return known.size;
}

/** For signs that count, at least one. */
function verdict(signs: Sign[], weight: number): Verdict | null {
  const [first] = inOrder(signs);
  const points = weight * Math.min(MAX_SIGNS, different(signs));
  return first === undefined ? null : { points, start: first.start, end: first.end };
}
