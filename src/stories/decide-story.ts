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
  let best: { storyId: string; verdict: Verdict } | null = null;
  for (const [storyId, all] of Map.groupBy(members, (member) => member.storyId)) {
    const verdict = judgeStory(article, attracting(article, all), rarity);
    if (best === null || isStronger(verdict, best.verdict)) best = { storyId, verdict };
  }
  if (best === null) return { storyId: null, reason: 'No recent article is about anything similar.' };
  return { storyId: best.verdict.joins ? best.storyId : null, reason: best.verdict.reason };
}

/** Members close in time to the newest of their story; the same link always counts. */
function attracting(article: Fingerprint, members: StoryMember[]): StoryMember[] {
  const newest = Math.max(...members.map(({ at }) => at));
  return members.filter((member) => isSameLink(article, member) || newest - member.at <= ATTRACTION_MS);
}

function isStronger(one: Verdict, other: Verdict): boolean {
  if (one.joins !== other.joins) return one.joins;
  return one.proof === other.proof ? one.score > other.score : one.proof > other.proof;
}
