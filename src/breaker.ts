import { dependants, type WorkspaceOf } from './audience.ts';
import { suspects } from './feeds/sanity.ts';
import { shownUrl } from './feeds/shown-url.ts';
import type { FeedItem } from './model/article.ts';
import type { Feed } from './model/feed.ts';
import type { Reply } from './model/rich-text.ts';
import type { Logger } from './ops/log.ts';
import type { HeldItem } from './store/held-items.ts';
import { indexKey } from './store/index-key.ts';
import type { Store } from './store/store.ts';
import type { WatchList } from './watch-list.ts';

interface BreakerDeps {
  store: Store;
  watchList: WatchList;
  workspaceOf: WorkspaceOf;
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
  /** Items that were held until somebody decided to post them. */
  released: FeedItem[];
  /** How many are held since now. */
  held: number;
}

/**
 * The sanity breaker: the items of a document that may pass, and those that somebody decided to post. Old articles
 * that come under new ids are held instead, and the channels that depend on the feed are asked once what to do.
 */
export async function plausible<T extends KeyedItem>(
  feed: Feed,
  items: T[],
  deps: BreakerDeps,
): Promise<Plausible<T>> {
  const earlier = await deps.store.heldItems.of(feed.id);
  const suspect = await newSuspects(feed, items, deps);
  const isEarlier = (key: string) => earlier.some((one) => one.key === indexKey(key));
  // Whatever was decided about a held item, the document's own copy of it goes no way of its own.
  const passing = items.filter(({ keys: [key = ''] }) => !suspect.has(key) && !isEarlier(key));
  const released = earlier.filter(({ state }) => state === 'post').map(({ item }) => item);
  const fresh = new Map([...suspect].filter(([key]) => !isEarlier(key)));
  if (fresh.size > 0) await hold(feed, fresh, { asked: isAsked(earlier), shown: items.length, deps });
  return { passing, released, held: fresh.size };
}

async function newSuspects(
  feed: Feed,
  items: KeyedItem[],
  { store }: BreakerDeps,
): Promise<Map<string, FeedItem>> {
  if (feed.baselinedAt === null) return new Map();
  const known = await store.articles.known(
    feed.id,
    items.flatMap(({ keys }) => keys),
  );
  const articles = await store.articles.count(feed.id);
  return suspects(items, { known, articles, lastOkAt: feed.lastOkAt });
}

function isAsked(earlier: HeldItem[]): boolean {
  return earlier.some(({ state }) => state === 'waiting');
}

async function hold(
  feed: Feed,
  items: Map<string, FeedItem>,
  { asked, shown, deps }: { asked: boolean; shown: number; deps: BreakerDeps },
): Promise<void> {
  const { store, log, now, watchList, workspaceOf } = deps;
  log.warn('items held', { feed: shownUrl(feed.url), held: items.size, shown });
  const channels = asked ? [] : dependants(feed, watchList.watches(), workspaceOf);
  await store.transaction(async (tables) => {
    await tables.heldItems.hold(feed.id, items, now());
    for (const channel of channels) {
      await tables.deliveries.notify(channel, question(feed, items, shown), now());
    }
  });
}

function question(feed: Feed, items: Map<string, FeedItem>, shown: number): Reply {
  const name = feed.name ?? new URL(feed.url).host;
  const [example] = items.values();
  return {
    lines: [
      [
        { text: name, style: 'bold' },
        ` suddenly shows ${items.size} of its ${shown} items under new ids, though they look like articles that I know or are old, such as “${example?.title}”. I hold them until somebody decides.`,
      ],
    ],
    buttons: [
      { label: 'Post them', command: `feeds held post ${feed.id}` },
      { label: 'Discard them', command: `feeds held discard ${feed.id}` },
      { label: 'Take as new baseline', command: `feeds held baseline ${feed.id}` },
    ],
  };
}
