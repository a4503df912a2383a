import { fieldsOf, type ReadArticle } from './matching/article-fields.ts';
import type { Knowledge } from './matching/condition.ts';
import type { FeedLabels } from './matching/feed-labels.ts';
import { aliasTexts } from './matching/reasons.ts';
import { createWatchIndex, type WatchIndex } from './matching/watch-index.ts';
import type { Match, Watch } from './model/watch.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { Store } from './store/store.ts';

/** Every active watch, compiled: follows what the store says, whichever process changed it. */
export interface WatchList {
  /** Reads the watches again if any changed. */
  refresh(): Promise<void>;
  /**
   * The watches that this reading of the article satisfies. `labelsFor` says what a workspace calls the article's feed;
   * without it no `feed:` holds.
   */
  match(article: ReadArticle, labelsFor?: (workspace: string) => FeedLabels | null): Match[];
  /** Other names in the article of what the watch asks for, each as a sentence: “Edlib”, alias of Idlib. */
  aliases(id: string, article: ReadArticle): string[];
  watch(id: string): Watch | undefined;
  watches(): Watch[];
  /** Whether an active watch of that name alerts in the channel. */
  isWatching(channel: string, name: string): boolean;
}

/** An empty list; `refresh` fills it. `knowledge` is what watches can name: topics, places, aliases. */
export function createWatchList(store: Store, log: Logger, knowledge: Knowledge): WatchList {
  const index = createWatchIndex(knowledge);
  let watches = new Map<string, Watch>();
  let stamp = '';
  return {
    async refresh() {
      const current = await store.watches.stamp();
      if (current === stamp) return;
      const list = await store.watches.list(null);
      watches = replaceAll(index, { before: watches, now: list, log });
      stamp = current;
    },
    match(article, labelsFor) {
      const feedLabels = (id: string) => labelsFor?.(watches.get(id)?.workspace ?? '') ?? null;
      return index.match(article.text, { ...fieldsOf(article), feedLabels });
    },
    aliases(id, article) {
      const reasons = index.explain(id, article.text, fieldsOf(article));
      return aliasTexts(reasons);
    },
    watch: (id) => watches.get(id),
    watches: () => [...watches.values()],
    isWatching: (channel, name) =>
      [...watches.values()].some((watch) => watch.name === name && watch.channels.includes(channel)),
  };
}

function replaceAll(
  index: WatchIndex,
  { before, now, log }: { before: Map<string, Watch>; now: Watch[]; log: Logger },
): Map<string, Watch> {
  const after = new Map(now.map((watch) => [watch.id, watch]));
  for (const [id, watch] of before) if (after.get(id)?.query !== watch.query) index.remove(id);
  for (const watch of now) {
    if (before.get(watch.id)?.query === watch.query) continue;
    try {
      index.add({ id: watch.id, query: watch.query });
    } catch (error) {
      // An older version accepted it; the other watches go on.
      log.error('watch can not be read', { watch: watch.name, query: watch.query, error: errorText(error) });
    }
  }
  return after;
}
