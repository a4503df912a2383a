import type { Fingerprint, Split, StoryDecision, StoryMember } from '../model/story.ts';
import { isSameLink, judgeStory, type Verdict } from './same-event.ts';
import { type Rarity, rarityAmong } from './shared-terms.ts';

/** A strand's members older than this against its newest attract no more: stories must not creep through a war. */
const ATTRACTION_MS = 48 * 3_600_000;

/** A strand of a story, and what is to be said of the article joining it. */
interface Judged {
  strandId: string;
  storyId: string;
  members: StoryMember[];
  verdict: Verdict;
}

/**
 * The story that an article belongs to, among the recent members that share terms or the link with it. In doubt
 * it is a new one: a story too many is one message too many, a false merge hides an alert. Each strand is judged by
 * itself, so that what would have joined one of two merged stories joins both; what people split is told apart by
 * the nearest article.
 */
export function decideStory(
  article: Fingerprint,
  members: StoryMember[],
  splits: readonly Split[] = [],
): StoryDecision {
  const rarity = rarityAmong(members);
  const strands = [...Map.groupBy(members, ({ storyId, strandId = storyId }) => strandId)];
  const judged = strands.map(([strandId, all]): Judged => {
    const attracted = attracting(article, all);
    const storyId = all[0]?.storyId ?? strandId;
    return { strandId, storyId, members: attracted, verdict: judgeStory(article, attracted, rarity) };
  });
  judged.sort((a, b) => byStrength(a.verdict, b.verdict));
  const [best] = judged;
  if (best === undefined) return nowhere('No recent article is about anything similar.');
  const { reason, shared } = best.verdict;
  if (!best.verdict.joins) return { ...nowhere(reason), shared, other: { storyId: best.storyId, reason } };
  const rivals = judged.filter((one) => one.verdict.joins && areSplit(one, best, splits));
  const chosen = rivals.reduce((one, other) => nearer(article, [one, other], { splits, rarity }), best);
  const { storyId, strandId, verdict } = chosen;
  const next = judged.find((one) => one.storyId !== storyId);
  const other = next === undefined ? null : passedOver(next);
  return { storyId, strandId, reason: verdict.reason, shared: verdict.shared, other };
}

function passedOver({ storyId, verdict }: Judged): StoryDecision['other'] {
  return { storyId, reason: verdict.joins ? 'It would fit too, but less well.' : verdict.reason };
}

function nowhere(reason: string): StoryDecision {
  return { storyId: null, strandId: null, reason, shared: [], other: null };
}

/** Members close in time to the newest of their strand; the same link always counts. */
function attracting(article: Fingerprint, members: StoryMember[]): StoryMember[] {
  const newest = Math.max(...members.map(({ at }) => at));
  return members.filter((member) => isSameLink(article, member) || newest - member.at <= ATTRACTION_MS);
}

/** The strongest first. */
function byStrength(one: Verdict, other: Verdict): number {
  return Number(isStronger(other, one)) - Number(isStronger(one, other));
}

function isStronger(one: Verdict, other: Verdict): boolean {
  if (one.joins !== other.joins) return one.joins;
  return one.proof === other.proof ? one.score > other.score : one.proof > other.proof;
}

function areSplit(one: Judged, other: Judged, splits: readonly Split[]): boolean {
  return isSplitFrom(one, other, splits) || isSplitFrom(other, one, splits);
}

function isSplitFrom(one: Judged, other: Judged, splits: readonly Split[]): boolean {
  return splits.some((split) => split.strandId === one.strandId && split.fromStrandId === other.strandId);
}

/** The one with the nearest article; equally near it is what was split off, which the correction was about. */
function nearer(
  article: Fingerprint,
  [one, other]: [Judged, Judged],
  { splits, rarity }: { splits: readonly Split[]; rarity: Rarity },
): Judged {
  const [mine, theirs] = [one, other].map(({ members }) =>
    members
      .map((member) => judgeStory(article, [member], rarity))
      .reduce((best, verdict) => (isStronger(verdict, best) ? verdict : best)),
  ) as [Verdict, Verdict];
  if (isStronger(theirs, mine)) return other;
  return !isStronger(mine, theirs) && isSplitFrom(other, one, splits) ? other : one;
}
