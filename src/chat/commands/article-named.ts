import { fieldsOf } from '../../matching/article-fields.ts';
import type { MatchOptions } from '../../matching/watch-index.ts';
import type { Line } from '../../model/rich-text.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { CommandDeps } from '../command.ts';
import { cut } from '../plain.ts';
import { lookThrough, visibleFeeds } from './search.ts';

/** Articles among whose headlines words are looked for. */
const SEARCHED = 2_000;

interface Found {
  article: FoundArticle;
  options: MatchOptions;
}

/** The newest article of a feed that the workspace sees with that id or link, or with those words in its headline. */
export async function articleNamed(
  typed: string,
  workspace: string,
  deps: Pick<CommandDeps, 'store' | 'now'>,
): Promise<Found | null> {
  const { articles } = deps.store;
  const feeds = await visibleFeeds(workspace, deps.store);
  const byId = await articles.get(typed);
  const candidates = byId === null ? await articles.withLink(typed) : [byId];
  for (const article of candidates) {
    const feed = feeds.get(article.feedId);
    if (feed !== undefined) return { article, options: fieldsOf(article, () => feed.labels) };
  }
  const words = typed.toLowerCase();
  let found: Found | null = null;
  await lookThrough(workspace, deps, SEARCHED, ({ article, options }) => {
    if (article.title.toLowerCase().includes(words)) found = { article, options };
    return found === null;
  });
  return found;
}

/** Says that `articleNamed` found none. */
export function noArticleNamed(typed: string): Line {
  const words = cut(typed, 200);
  return [`No stored article of a feed that you follow has “${words}” as its link or in its headline.`];
}
