import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeDocument } from '../../src/feeds/decode.ts';
import { itemKeys, knownArticle, tellingKeys } from '../../src/feeds/identity.ts';
import { readFeed } from '../../src/feeds/read-feed.ts';
import type { FeedItem } from '../../src/model/article.ts';

interface Snapshot {
  /** Relative to the folder above that of `series.json`. */
  path: string;
  newStories: number;
}

interface Figure {
  measure: string;
  value: number;
  of: number;
}

/**
 * Real feeds read again and again, as a poller would see them: how many snapshots give exactly as many new
 * articles as they hold new stories, and how many stories were an article before.
 */
export async function replaySeries(part: string): Promise<Figure[]> {
  const file = join(part, 'series.json');
  if (!existsSync(file)) return [];
  const { series } = JSON.parse(readFileSync(file, 'utf8')) as {
    series: Record<string, { snapshots: Snapshot[] }>;
  };
  const total = { snapshots: 0, exact: 0, stories: 0, repeats: 0 };
  for (const { snapshots } of Object.values(series)) {
    const known = new Map<string, string>();
    const told = new Set<string>();
    for (const { path, newStories } of snapshots) {
      const { text: document } = decodeDocument(readFileSync(join(dirname(part), path)), null);
      const { items } = await readFeed(document, 'https://feed.invalid/');
      const stories = newArticles(items, known).map(storyOf);
      if (stories.length === newStories) total.exact += 1;
      else process.stderr.write(`${path} gives ${stories.length} new articles, not ${newStories}\n`);
      total.snapshots += 1;
      total.stories += newStories;
      total.repeats += stories.filter((story) => told.has(story)).length;
      for (const story of stories) told.add(story);
    }
  }
  return [
    { measure: 'series.exact', value: total.exact, of: total.snapshots },
    { measure: 'series.repeats', value: total.repeats, of: total.stories },
  ];
}

/** The items that are new articles by our identity; `known` learns the keys of all. */
function newArticles(items: FeedItem[], known: Map<string, string>): FeedItem[] {
  const created: FeedItem[] = [];
  const keysOf = tellingKeys(items.map(itemKeys));
  for (const [index, item] of items.entries()) {
    const keys = keysOf[index] ?? [];
    const knownId = knownArticle(keys, known);
    if (knownId === null) created.push(item);
    const id = knownId ?? `article before which ${known.size} keys were known`;
    for (const key of keys) if (!known.has(key)) known.set(key, id);
  }
  return created;
}

/** As the yardstick counts them: a link without query and fragment. */
function storyOf({ link, title }: FeedItem): string {
  return (link ?? title).replace(/[?#].*$/, '');
}
