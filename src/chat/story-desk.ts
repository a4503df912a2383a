/** Who corrects a story, and from where. */
export interface Corrector {
  workspace: string;
  person: string;
}

/** Why a correction was not made: nothing to correct, or somebody else's articles are in the story too. */
export type Refusal = 'alone' | 'same' | 'not yours';

/** Where people put stories right; a correction holds for everybody who follows the feeds of their articles. */
export interface StoryDesk {
  /**
   * Takes an article, with what has the same link, out of its story into one of its own: what channels know of it stays
   * told, what they do not is told. Resolves to the story it left and the one it has now.
   */
  split(articleId: string, by: Corrector): Promise<{ fromStoryId: string; storyId: string } | Refusal>;
  /** Makes two stories one: where a channel has a message of each, news goes to one of them from now on. */
  merge(fromStoryId: string, intoStoryId: string, by: Corrector): Promise<'merged' | Refusal>;
}
