import type { Article } from '../model/article.ts';
import type { StoryChoice, StoryDecision } from '../model/story.ts';
import { spelled } from './article-words.ts';

/** Shared words that a reader is shown. */
const TOLD_WORDS = 8;

/** The decision as a reader can be told of it: with the words as the article spells them. */
export function storyChoice(
  { storyId, reason, shared, other }: StoryDecision,
  article: Article,
): StoryChoice {
  return { joinedId: storyId, reason, words: spelled(shared.slice(0, TOLD_WORDS), article), other };
}
