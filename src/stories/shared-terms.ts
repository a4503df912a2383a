import type { StoryMember } from '../model/story.ts';
import { tellingWeight } from './telling-words.ts';

/** In how many of the candidate stories each term occurs. */
export type TermSpread = Map<string, number>;

/** Counts the candidate stories that hold each term. */
export function termSpread(members: StoryMember[]): TermSpread {
  const stories = new Map<string, Set<string>>();
  for (const member of members) {
    for (const term of member.terms) {
      const holding = stories.get(term) ?? new Set();
      stories.set(term, holding.add(member.storyId));
    }
  }
  return new Map([...stories].map(([term, holding]) => [term, holding.size]));
}

/** Terms of both lists, in the order of the first. */
export function sharedTerms(one: string[], other: string[]): string[] {
  const known = new Set(other);
  return one.filter((term) => known.has(term));
}

/** A story that was split by mistake must not make its own words look common: a few stories cost nothing. */
const TOLERATED_SPREAD = 3;

/** What these terms say about being the same event: a word of many recent stories says less. */
export function termsWeight(terms: string[], spread: TermSpread): number {
  let weight = 0;
  for (const term of terms) {
    const excess = Math.max(1, (spread.get(term) ?? 1) / TOLERATED_SPREAD);
    weight += tellingWeight(term) / (1 + Math.log2(excess));
  }
  return weight;
}

/** The part of all terms of both lists that both have, from 0 to 1. */
export function sharedShare(one: string[], other: string[]): number {
  const shared = sharedTerms(one, other).length;
  const all = one.length + other.length - shared;
  return all === 0 ? 0 : shared / all;
}
