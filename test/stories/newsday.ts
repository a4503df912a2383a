import { readArticle } from '../../src/facts/read.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { StoryMember } from '../../src/model/story.ts';
import { decideStory } from '../../src/stories/decide-story.ts';
import { fingerprint } from '../../src/stories/fingerprint.ts';
import { article } from '../support/articles.ts';

/** An article as a feed gives it. */
export interface Item {
  title: string;
  body: string;
  /** ISO 8601; 3 February 2022 at noon when left out. */
  seen?: string;
  /** What the feed says: the same as `seen` when left out, null when it says nothing. */
  published?: string | null;
  language?: string;
  outlet?: string;
  link?: string;
}

const places = loadGazetteer();

/** The number of the story that each article joins, 1 being the first: read, printed and decided as in the product. */
export function storiesOf(...items: Item[]): number[] {
  return decisionsOf(...items).map(({ story }) => story);
}

/** The story of each article and why. */
export function decisionsOf(...items: Item[]): { story: number; reason: string; shared: string[] }[] {
  const members: StoryMember[] = [];
  let stories = 0;
  return items.map(({ title, body, seen = '2022-02-03T12:00:00Z', published = seen, ...rest }) => {
    const firstSeenAt = Date.parse(seen);
    const publishedAt = published === null ? null : Date.parse(published);
    const { language = 'en', outlet = 'Northern Wire', link = null } = rest;
    const read = readArticle(article(title, body, { firstSeenAt, publishedAt, language, outlet }), {
      places,
    });
    const print = fingerprint(read, link);
    const { storyId, reason, shared } = decideStory(print, members);
    if (storyId === null) stories += 1;
    const story = storyId === null ? stories : Number(storyId);
    members.push({ ...print, storyId: `${story}` });
    return { story, reason, shared };
  });
}
