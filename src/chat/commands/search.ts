import { setImmediate as nextTurn } from 'node:timers/promises';
import { fieldsOf } from '../../matching/article-fields.ts';
import { type FeedLabels, labelsOf } from '../../matching/feed-labels.ts';
import { compileQuery } from '../../matching/matcher.ts';
import type { FoundArticle } from '../../store/articles.ts';
import type { Store } from '../../store/store.ts';
import { visibleTo } from '../../store/subscriptions.ts';
import type { CommandDeps } from '../command.ts';

/** Small enough that matching one page of the longest articles does not hold up alerts. */
const PAGE = 50;

/** Every command answers in under three seconds: the search stops here and says how far back it looked. */
const SEARCH_MS = 1_500;

/** What a search found, newest first. */
export interface Search {
  found: FoundArticle[];
  /** How many articles it looked at. */
  searched: number;
  /** False when older articles were left out for want of time. */
  isComplete: boolean;
}

/**
 * Stored articles of the feeds that the workspace sees and that match, by the engine that alerts, until `limits` or
 * the time is reached. Throws QueryError.
 */
export async function searchArticles(
  { query, workspace }: { query: string; workspace: string },
  { store, now, knowledge }: CommandDeps,
  limits: { articles: number; found: number },
): Promise<Search> {
  const matches = compileQuery(query, knowledge);
  const labels = await visibleLabels(workspace, store);
  const isHit = (article: FoundArticle) => {
    const feedLabels = labels.get(article.feedId);
    return (
      feedLabels !== undefined &&
      matches(article.text, { ...fieldsOf(article), feedLabels: () => feedLabels }) !== null
    );
  };
  const deadline = now() + SEARCH_MS;
  const found: FoundArticle[] = [];
  let searched = 0;
  let last: FoundArticle | null = null;
  while (found.length < limits.found && searched < limits.articles) {
    if (now() > deadline) return { found, searched, isComplete: false };
    const page: FoundArticle[] = await store.articles.newest(PAGE, last);
    const visible = page.filter(({ feedId }) => labels.has(feedId));
    searched += visible.length;
    found.push(...visible.filter(isHit).slice(0, limits.found - found.length));
    last = page.at(-1) ?? null;
    if (page.length < PAGE) break;
    await nextTurn();
  }
  return { found, searched, isComplete: true };
}

/** What the workspace may call each feed that it sees; articles of other feeds are not its business. */
async function visibleLabels(workspace: string, store: Store): Promise<Map<string, FeedLabels>> {
  const seen = (await store.feeds.list()).map((feed) => ({ feed, own: visibleTo(workspace, feed) }));
  return new Map(
    seen.filter(({ own }) => own.length > 0).map(({ feed, own }) => [feed.id, labelsOf(feed, own)]),
  );
}
