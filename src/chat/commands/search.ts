import { setImmediate as nextTurn } from 'node:timers/promises';
import { fieldsOf } from '../../matching/article-fields.ts';
import { type FeedLabels, labelsOf } from '../../matching/feed-labels.ts';
import { compileQuery } from '../../matching/matcher.ts';
import type { MatchOptions } from '../../matching/watch-index.ts';
import type { FoundArticle } from '../../store/article-rows.ts';
import type { Store } from '../../store/store.ts';
import { visibleTo } from '../../store/subscriptions.ts';
import type { CommandDeps } from '../command.ts';

/** Small enough that matching one page of the longest articles does not hold up alerts. */
const PAGE = 50;

/** Every command answers in under three seconds: the search stops here and says how far back it looked. */
const SEARCH_MS = 1_500;

/** How far back a search looked. */
export interface Searched {
  /** How many articles it looked at. */
  searched: number;
  /** False when older articles were left out for want of time. */
  isComplete: boolean;
}

/** What a search found, newest first. */
export interface Search extends Searched {
  found: FoundArticle[];
}

/**
 * Stored articles of the feeds that the workspace sees and that match, by the engine that alerts, until `limits` or
 * the time is reached. Throws QueryError.
 */
export async function searchArticles(
  { query, workspace }: { query: string; workspace: string },
  deps: CommandDeps,
  limits: { articles: number; found: number },
): Promise<Search> {
  const matches = compileQuery(query, deps.knowledge);
  const found: FoundArticle[] = [];
  const searched = await lookThrough(workspace, deps, limits.articles, ({ article, options }) => {
    if (matches(article.text, options) !== null) found.push(article);
    return found.length < limits.found;
  });
  return { ...searched, found };
}

/** A stored article as a search meets it. */
export interface Visited {
  article: FoundArticle;
  options: MatchOptions;
  /** It was there when its feed was read for the first time. */
  isBaseline: boolean;
}

/**
 * Shows stored articles of the feeds that the workspace sees to `visit`, newest first, until it returns false, or
 * `limit` or the time is reached.
 */
export async function lookThrough(
  workspace: string,
  { store, now }: Pick<CommandDeps, 'store' | 'now'>,
  limit: number,
  visit: (visited: Visited) => boolean,
): Promise<Searched> {
  const deadline = now() + SEARCH_MS;
  let searched = 0;
  for await (const page of visiblePages(workspace, store)) {
    for (const visited of page) {
      searched += 1;
      if (!visit(visited) || searched >= limit) return { searched, isComplete: true };
    }
    if (now() > deadline) return { searched, isComplete: false };
    await nextTurn();
  }
  return { searched, isComplete: true };
}

/** Stored articles, newest first, a page at a time without those of feeds that the workspace does not see. */
async function* visiblePages(workspace: string, store: Store): AsyncGenerator<Visited[]> {
  const feeds = await visibleFeeds(workspace, store);
  let page: FoundArticle[] = [];
  do {
    page = await store.articles.newest(PAGE, page.at(-1) ?? null);
    yield page.flatMap((article) => {
      const feed = feeds.get(article.feedId);
      if (feed === undefined) return [];
      const isBaseline = feed.baselinedAt !== null && article.firstSeenAt <= feed.baselinedAt;
      return [{ article, options: fieldsOf(article, () => feed.labels), isBaseline }];
    });
  } while (page.length === PAGE);
}

/** The feeds that the workspace sees, with what it may call each; articles of other feeds are not its business. */
export async function visibleFeeds(
  workspace: string,
  store: Store,
): Promise<Map<string, { labels: FeedLabels; baselinedAt: number | null }>> {
  const seen = (await store.feeds.list()).map((feed) => ({ feed, own: visibleTo(workspace, feed) }));
  return new Map(
    seen
      .filter(({ own }) => own.length > 0)
      .map(({ feed, own }) => [feed.id, { labels: labelsOf(feed, own), baselinedAt: feed.baselinedAt }]),
  );
}
