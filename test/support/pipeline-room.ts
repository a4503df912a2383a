import { createKindReader } from '../../src/event-kinds.ts';
import { createJudge } from '../../src/judge.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import type { Knowledge } from '../../src/matching/condition.ts';
import type { AlertContent } from '../../src/model/alert.ts';
import type { FeedItem } from '../../src/model/article.ts';
import type { Feed } from '../../src/model/feed.ts';
import type { Reply } from '../../src/model/rich-text.ts';
import { createLogger } from '../../src/ops/log.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { enrich, ingest } from '../../src/pipeline.ts';
import type { ChannelLease } from '../../src/store/outbox.ts';
import type { Store } from '../../src/store/store.ts';
import { loadLanguageReader } from '../../src/text/language.ts';
import { createWatchList } from '../../src/watch-list.ts';
import { BEGIN } from './begin.ts';
import { feedItem, parsedFeed, pollRecord } from './feeds.ts';

export const NOON = Date.UTC(2022, 1, 3, 12);
const places = loadGazetteer();
const readLanguage = await loadLanguageReader();
export const judge = createJudge(createKindReader({}));

/** An item of the newsroom's day. */
export const item = (title: string, body: string, more: Partial<FeedItem> = {}) =>
  feedItem(title, body, { publishedAt: NOON, ...more });

/** A newsroom on a store: feeds by name, what they publish, and what the channels were told. */
export async function newsroom(
  store: Store,
  feeds: {
    name: string;
    channels?: string[];
    workspace?: string;
    group?: string;
    fullText?: boolean;
    /** What its documents say of their language. */
    language?: string;
  }[],
  knowledge: Knowledge = {},
) {
  const log = createLogger({ level: 'error', now: () => NOON, write: () => {} });
  const watchList = createWatchList(store, log, knowledge);
  let now = NOON;
  for (const { name, channels = [], workspace = 'config', group = null, fullText = true } of feeds) {
    const url = `https://${name}.example/rss`;
    const feedId = await store.subscriptions.feedAt({ url, owner: '', credentials: null }, NOON);
    const how = { channels, group, fullText, origin: 'chat', createdBy: null } as const;
    await store.subscriptions.put({ feedId, workspace, name, ...how }, NOON);
  }
  /** The feed of that name, leased where no other poll of the test has it at this moment. */
  async function leaseNamed(name: string, now: number): Promise<Feed> {
    const feed = (await store.feeds.list()).find((candidate) => candidate.name === name);
    if (feed === undefined) throw new Error(`no feed ${name}`);
    return (await store.feeds.leaseNow(feed.id, { now, leaseMs: 1 })) ?? feed;
  }
  async function drain(lease: ChannelLease): Promise<string[]> {
    const told: string[] = [];
    for (
      let next = await store.deliveries.next(lease.channel, now + 60_000);
      next;
      next = await store.deliveries.next(lease.channel, now + 60_000)
    ) {
      const begun = await store.deliveries.begin(lease, next, BEGIN);
      told.push(describeDelivery(begun ?? next));
      await store.deliveries.sent(lease, next, `m-${next.id}`, now);
    }
    return told;
  }
  const signal = new AbortController().signal;
  const belongs = new Map<string, string>();
  const workspaceOf = (channel: string) =>
    channel.startsWith('slack:') ? 'slack:T1' : (belongs.get(channel) ?? null);
  const failedBefore = new Set<string>();
  const deps = {
    store,
    watchList,
    places,
    readLanguage,
    workspaceOf,
    timezone: 'UTC',
    judge,
    kinds: createKindReader(knowledge),
    metrics: createMetrics(),
    now: () => now,
    log,
    signal,
    failedBefore,
  };
  return {
    deps,
    now: () => now,
    /** Time passes, and what was held is told. */
    async passUntil(at: number) {
      now = at;
      await store.rollUps.tellHeld(now);
    },
    /** From now on the platform says where the channel belongs. */
    say(channel: string, workspace: string) {
      belongs.set(channel, workspace);
    },
    /** One poll that returns these items; the first of a feed is its baseline. */
    async publish(name: string, ...items: FeedItem[]) {
      now += 60_000;
      const feed = await leaseNamed(name, now);
      const { language = 'en' } = feeds.find((one) => one.name === name) ?? {};
      const counts = await ingest(feed, { ...parsedFeed(name, items), language }, deps);
      await store.feeds.polled(pollRecord(feed, { at: now }));
      return counts;
    },
    /** The pages behind articles that wait to be read, as titles. */
    async pages(): Promise<string[]> {
      const due = await store.pages.due(now, 100);
      return Promise.all(
        due.map(async ({ articleId }) => (await store.articles.get(articleId))?.title ?? ''),
      );
    },
    /** The page behind the article of this title says this. */
    async readPage(title: string, body: string) {
      const [found] = (await store.articles.newest(100, null)).filter((one) => one.title === title);
      const article = await store.articles.get(found?.id ?? '');
      const feed = await store.feeds.get(article?.feedId ?? '');
      if (article === null || feed === null) throw new Error(`no article ${title}`);
      return enrich({ article, text: `${title}\n\n${body}` }, feed, deps);
    },
    async decide(name: string, state: 'post' | 'discard') {
      const feed = (await store.feeds.list()).find((one) => one.name === name);
      return store.heldItems.decide(feed?.id ?? '', state);
    },
    async watch(name: string, query: string, ...channels: string[]) {
      await this.watchIn('w', name, query, ...channels);
    },
    async watchIn(workspace: string, name: string, query: string, ...channels: string[]) {
      now += 1;
      await store.watches.put({ workspace, name, query, channels, origin: 'chat', createdBy: null }, now);
    },
    /** What waits for a channel, as "post: headline". */
    async told(channel: string): Promise<string[]> {
      const told: string[] = [];
      for (const lease of await store.deliveries.leaseChannels(now + 60_000, 1_000, 10)) {
        if (lease.channel === channel) told.push(...(await drain(lease)));
        await store.deliveries.release(lease);
      }
      return told;
    },
  };
}

function describeDelivery({ kind, operation }: { kind: string; operation: unknown }): string {
  const { content, update, notice } = operation as {
    content?: AlertContent;
    update?: { headline: string };
    notice?: Reply;
  };
  if (notice !== undefined) return `${kind}: ${JSON.stringify(notice.lines)}`;
  const watches = kind === 'post' ? ` [${content?.watches.join(', ')}]` : '';
  return `${kind}: ${content?.headline ?? update?.headline}${watches}`;
}

/** An article of the newsroom's day. */
export const RAID = item(
  'Raid near Atme',
  'Troops raided a house near Atme on Thursday, residents said. At least 5 people were killed, the monitor said.',
);
