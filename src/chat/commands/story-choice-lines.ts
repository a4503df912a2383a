import type { Line } from '../../model/rich-text.ts';
import type { StoryChoice } from '../../model/story.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { CommandDeps, CommandRequest } from '../command.ts';
import { articleLine } from './article-line.ts';
import { visibleFeeds } from './search.ts';

/** Articles of a story among which one is looked for that the workspace sees. */
const LOOKED_AT = 50;

/**
 * Why an article joined its story or began one, and why it is not of the story next to it. What was compared is told
 * only where the workspace sees an article of it.
 */
export async function storyChoiceLines(
  { id, storyId }: FoundArticle,
  { workspace }: Pick<CommandRequest, 'workspace'>,
  { store }: Pick<CommandDeps, 'store'>,
): Promise<Line[]> {
  const choice = await store.articles.choiceOf(id);
  if (choice === null || storyId === null) return [];
  const feeds = await visibleFeeds(workspace, store);
  const seenOf = async (story: string) =>
    (await store.articles.ofStory(story, LOOKED_AT)).find((one) => one.id !== id && feeds.has(one.feedId));
  const passed = choice.other === null ? undefined : await seenOf(choice.other.storyId);
  if (choice.joinedId === null) return beginningLines(choice, passed);
  const isJoinSeen = choice.joinedId === storyId && (await seenOf(storyId)) !== undefined;
  return [
    ...(isJoinSeen ? [[`It joined this story. ${choice.reason}${inCommon(choice)}`]] : []),
    ...(passed === undefined
      ? []
      : [['• It is not of the story of ', ...articleLine(passed), `. ${choice.other?.reason}`]]),
  ];
}

function beginningLines(choice: StoryChoice, passed: FoundArticle | undefined): Line[] {
  if (choice.other === null) return [[`It began a story. ${choice.reason}`]];
  if (passed === undefined) return [];
  return [[`It began a story. ${choice.reason}${inCommon(choice)}`], ['• Closest: ', ...articleLine(passed)]];
}

function inCommon({ words }: StoryChoice): string {
  return words.length === 0 ? '' : ` In common: ${words.join(', ')}.`;
}
