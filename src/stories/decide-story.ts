import type { Fingerprint, StoryDecision, StoryMember } from '../model/story.ts';
import { isSameLink, judgeMember, type Verdict } from './same-event.ts';
import { type TermSpread, termSpread } from './shared-terms.ts';

/** A story's members older than this against its newest attract no more: stories must not creep through a war. */
const ATTRACTION_MS = 48 * 3_600_000;

/**
 * The story that an article belongs to, among the recent members that share terms or the link with it. In doubt
 * it is a new one: a story too many is one message too many, a false merge hides an alert.
 */
export function decideStory(article: Fingerprint, members: StoryMember[]): StoryDecision {
  const spread: TermSpread = termSpread(members);
  let best: { member: StoryMember; verdict: Verdict } | null = null;
  for (const member of attractingMembers(article, members)) {
    const verdict = judgeMember(article, member, spread);
    if (best === null || isStronger(verdict, best.verdict)) best = { member, verdict };
  }
  if (best === null) return { storyId: null, reason: 'No recent article is about anything similar.' };
  return { storyId: best.verdict.joins ? best.member.storyId : null, reason: best.verdict.reason };
}

/** Members close in time to the newest of their story; the same link always counts. */
function attractingMembers(article: Fingerprint, members: StoryMember[]): StoryMember[] {
  const newest = new Map<string, number>();
  for (const { storyId, at } of members) newest.set(storyId, Math.max(at, newest.get(storyId) ?? at));
  return members.filter(
    (member) =>
      isSameLink(article, member) || (newest.get(member.storyId) ?? member.at) - member.at <= ATTRACTION_MS,
  );
}

function isStronger(one: Verdict, other: Verdict): boolean {
  if (one.joins !== other.joins) return one.joins;
  return one.proof === other.proof ? one.score > other.score : one.proof > other.proof;
}
