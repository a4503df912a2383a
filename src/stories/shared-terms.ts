import type { Fingerprint, StoryMember } from '../model/story.ts';
import { tellingWeight } from './telling-words.ts';

/** How much a term says among the candidates, from 0 to 1. */
export type Rarity = (term: string) => number;

/** A story that was split by mistake must not make its own words look common: a few stories cost nothing. */
const TOLERATED_SPREAD = 3;

/**
 * A term of many candidate stories says less about which of them an article tells. It stands in for the frequencies
 * of a large corpus, which did no better on the clustering yardsticks, and it needs no memory.
 */
export function rarityAmong(members: StoryMember[]): Rarity {
  const spreads = new Map<string, { stories: number; last: string }>();
  for (const [storyId, ofStory] of Map.groupBy(members, (member) => member.storyId)) {
    for (const term of ofStory.flatMap(allTerms)) {
      const spread = spreads.get(term);
      if (spread === undefined) spreads.set(term, { stories: 1, last: storyId });
      else if (spread.last !== storyId) spreads.set(term, { stories: spread.stories + 1, last: storyId });
    }
  }
  return (term) => {
    const stories = spreads.get(term)?.stories ?? 0;
    return stories <= TOLERATED_SPREAD ? 1 : 1 / (1 + Math.log2(stories / TOLERATED_SPREAD));
  };
}

function allTerms({ text, terms }: Fingerprint): string[] {
  return text?.terms ?? terms;
}

/** Terms of both lists, in the order of the first. */
export function sharedTerms(one: string[], other: string[]): string[] {
  const known = new Set(other);
  return one.filter((term) => known.has(term));
}

/** What these terms say about being the same event. */
export function termsWeight(terms: string[], rarity: Rarity): number {
  let weight = 0;
  for (const term of terms) weight += tellingWeight(term) * rarity(term);
  return weight;
}

/** The part of all terms of both lists that both have, from 0 to 1. */
export function sharedShare(one: string[], other: string[]): number {
  const shared = sharedTerms(one, other).length;
  const all = one.length + other.length - shared;
  return all === 0 ? 0 : shared / all;
}
