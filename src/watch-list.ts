import { fieldsOf, type ReadArticle } from './matching/article-fields.ts';
import type { Knowledge } from './matching/condition.ts';
import { expansionsOf } from './matching/expansions.ts';
import type { FeedLabels } from './matching/feed-labels.ts';
import { aliasTexts } from './matching/reasons.ts';
import { createWatchIndex, type WatchIndex } from './matching/watch-index.ts';
import type { Ping } from './model/ping.ts';
import type { Match, Watch } from './model/watch.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { Store } from './store/store.ts';

/** What a workspace calls the feed at hand. */
type LabelsFor = (workspace: string) => FeedLabels | null;

/** Every active watch, compiled: follows what the store says, whichever process changed it. */
export interface WatchList {
  /** Reads the watches again if any changed. */
  refresh(): Promise<void>;
  /**
   * The watches that this reading of the article satisfies. `labelsFor` says what a workspace calls the article's feed;
   * without it no `feed:` holds.
   */
  match(article: ReadArticle, labelsFor?: LabelsFor): Match[];
  /** Other names in the article of what the watch asks for, each as a sentence: “Edlib”, alias of Idlib. */
  aliases(id: string, article: ReadArticle, labelsFor?: LabelsFor): string[];
  watch(id: string): Watch | undefined;
  watches(): Watch[];
  /** Whether an active watch of that name alerts in the channel. */
  isWatching(channel: string, name: string): boolean;
  /** Whom the watches of these names call in the channel. */
  pings(channel: string, names: readonly string[]): Ping[];
}

/** An empty list; `refresh` fills it. `knowledge` is what watches can name: topics, places, aliases. */
export function createWatchList(store: Store, log: Logger, knowledge: Knowledge): WatchList {
  const index = createWatchIndex(knowledge);
  let watches = new Map<string, Watch>();
  let stamp = '';
  /** Whether a query asks for something that has other names: working it out costs 2 ms. */
  const aliased = new Map<string, boolean>();
  const optionsFor = (article: ReadArticle, labelsFor?: LabelsFor) =>
    fieldsOf(article, (id) => labelsFor?.(watches.get(id)?.workspace ?? '') ?? null);
  return {
    async refresh() {
      const current = await store.watches.stamp();
      if (current === stamp) return;
      const list = await store.watches.list(null);
      watches = replaceAll(index, { before: watches, now: list, log });
      stamp = current;
    },
    match: (article, labelsFor) => index.match(article.text, optionsFor(article, labelsFor)),
    aliases(id, article, labelsFor) {
      const query = watches.get(id)?.query ?? '';
      const hasAliases = aliased.get(query) ?? isAliased(query, knowledge);
      aliased.set(query, hasAliases);
      if (!hasAliases) return [];
      return aliasTexts(index.explain(id, article.text, optionsFor(article, labelsFor)));
    },
    watch: (id) => watches.get(id),
    watches: () => [...watches.values()],
    isWatching: (channel, name) =>
      [...watches.values()].some((watch) => watch.name === name && watch.channels.includes(channel)),
    pings(channel, names) {
      const asking = [...watches.values()].filter(
        (watch) => names.includes(watch.name) && watch.channels.includes(channel),
      );
      return [...new Set(asking.flatMap(({ ping }) => ping))];
    },
  };
}

function isAliased(query: string, knowledge: Knowledge): boolean {
  return expansionsOf(query, knowledge).length > 0;
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
