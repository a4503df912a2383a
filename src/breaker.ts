import { MIN_KNOWN, suspects } from './feeds/sanity.ts';
import { shownUrl } from './feeds/shown-url.ts';
import type { FeedItem } from './model/article.ts';
import type { Feed } from './model/feed.ts';
import type { Logger } from './ops/log.ts';
import type { HeldItem } from './store/held-items.ts';
import { indexKey } from './store/index-key.ts';
import type { Store } from './store/store.ts';

interface BreakerDeps {
  store: Store;
  now: () => number;
  log: Logger;
}

/** An item with its identity keys. */
interface KeyedItem {
  item: FeedItem;
  keys: string[];
}

interface Plausible<T> {
  passing: T[];
  /** Items about which somebody decided: to be posted, or to be stored only. */
  decided: HeldItem[];
  /** How many are held since now. */
  held: number;
}

/**
 * The sanity breaker: the items of a document that may pass, and those about which somebody decided. Old articles that
 * come under new ids are held instead, until a person of the channels that depend on the feed says what to do. `known`
 * gives the article of each of the items' keys.
 */
export async function plausible<T extends KeyedItem>(
  feed: Feed,
  items: T[],
  known: Map<string, string>,
  { store, now, log }: BreakerDeps,
): Promise<Plausible<T>> {
  const earlier = await store.heldItems.of(feed.id);
  const suspect = feed.baselinedAt === null ? NOTHING : await newSuspects(feed, items, { known, store });
  const earlierKeys = new Set(earlier.map(({ key }) => key));
  const isEarlier = (key: string) => earlierKeys.size > 0 && earlierKeys.has(indexKey(key));
  // Whatever was decided about a held item, the document's own copy of it goes no way of its own.
  const passing = items.filter(({ keys: [key = ''] }) => !suspect.has(key) && !isEarlier(key));
  const decided = earlier.filter(({ state }) => state === 'post' || state === 'discard');
  const fresh = new Map([...suspect].filter(([key]) => !isEarlier(key)));
  if (fresh.size > 0) {
    log.warn('items held', { feed: shownUrl(feed.url), held: fresh.size, shown: items.length });
    await store.heldItems.hold(feed.id, fresh, now());
  }
  return { passing, decided, held: fresh.size };
}

const NOTHING: ReadonlyMap<string, FeedItem> = new Map();

async function newSuspects(
  { id, lastOkAt }: Feed,
  items: KeyedItem[],
  { known, store }: { known: Map<string, string>; store: Store },
): Promise<ReadonlyMap<string, FeedItem>> {
  const articles = await store.articles.countOfFeed(id, MIN_KNOWN);
  return suspects(items, { known, articles, lastOkAt });
}
