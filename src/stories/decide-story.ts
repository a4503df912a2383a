import type { Fingerprint, StoryDecision, StoryMember } from '../model/story.ts';
import { isSameLink, judgeStory, type Verdict } from './same-event.ts';
import { rarityAmong } from './shared-terms.ts';

/** A story's members older than this against its newest attract no more: stories must not creep through a war. */
const ATTRACTION_MS = 48 * 3_600_000;

/**
 * The story that an article belongs to, among the recent members that share terms or the link with it. In doubt
 * it is a new one: a story too many is one message too many, a false merge hides an alert. What must not be joined
 * is left out of `members`.
 */
export function decideStory(article: Fingerprint, members: StoryMember[]): StoryDecision {
  const rarity = rarityAmong(members);
  const judged = [...Map.groupBy(members, (member) => member.storyId)].map(([storyId, all]) => ({
    storyId,
    verdict: judgeStory(article, attracting(article, all), rarity),
  }));
  const [best, next] = judged.sort((a, b) => byStrength(a.verdict, b.verdict));
  if (best === undefined) {
    return { storyId: null, reason: 'No recent article is about anything similar.', shared: [], other: null };
  }
  const { storyId, verdict } = best;
  const { reason, shared } = verdict;
  if (!verdict.joins) return { storyId: null, reason, shared, other: { storyId, reason } };
  return { storyId, reason, shared, other: next === undefined ? null : passedOver(next) };
}

function passedOver({ storyId, verdict }: { storyId: string; verdict: Verdict }): StoryDecision['other'] {
  return { storyId, reason: verdict.joins ? 'It would fit too, but less well.' : verdict.reason };
}

/** Members close in time to the newest of their story; the same link always counts. */
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
