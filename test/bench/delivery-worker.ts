import { createDeliverer } from '../../src/delivery.ts';
import { createKindReader } from '../../src/event-kinds.ts';
import { createJudge } from '../../src/judge.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { createLogger } from '../../src/ops/log.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { ingest } from '../../src/pipeline.ts';
import { openStore, type StoreLocation } from '../../src/store/store.ts';
import { loadLanguageReader } from '../../src/text/language.ts';
import { loadWatchLanguage } from '../../src/watch-language.ts';
import { createWatchList } from '../../src/watch-list.ts';
import { parsedFeed } from '../support/feeds.ts';
import { newsItems } from './news-items.ts';

/** What the parent says: where the store is, which feed is this process's, and how many articles it takes in. */
interface Order {
  location: StoreLocation;
  feedId: string;
  first: number;
  articles: number;
  watches: number;
}

const DOCUMENT = 50;

const order = JSON.parse(process.argv[2] ?? '{}') as Order;
const store = await openStore(order.location);
const log = createLogger({ level: 'error', now: Date.now, write: (line) => process.stderr.write(line) });
const knowledge = loadWatchLanguage();
const watchList = createWatchList(store, log, knowledge);
await watchList.refresh();
const kinds = createKindReader(knowledge);
const deps = {
  ...{ store, watchList, log, places: loadGazetteer(), readLanguage: await loadLanguageReader() },
  ...{
    judge: createJudge(kinds),
    kinds,
    metrics: createMetrics(),
    timezone: 'UTC',
    workspaceOf: () => null,
    now: Date.now,
  },
  ...{ signal: new AbortController().signal, failedBefore: new Set<string>() },
};
let sent = 0;
const destination = {
  platform: 'slack' as const,
  deliver: async () => {
    sent += 1;
    return `m${process.pid}-${sent}`;
  },
  find: async () => null,
  direct: async () => null,
};
const deliverer = createDeliverer({
  ...{ store, log, budget: 6, timezone: 'UTC', now: Date.now },
  destination: (channel) => ({ destination, channelId: channel }),
});
process.send?.('ready');
await new Promise((resolve) => process.once('message', resolve));

const startedAt = performance.now();
for (let at = 0; at < order.articles; at += DOCUMENT) {
  const feed = await store.feeds.get(order.feedId);
  if (feed === null) throw new Error('the feed is gone');
  await ingest(feed, parsedFeed('bench', newsItems(order.first + at, DOCUMENT)), deps);
}
const ingestedMs = performance.now() - startedAt;
while ((await store.deliveries.counts(channelsOf(order.watches))).waiting > 0) {
  await deliverer.tick();
  await deliverer.settled();
}
process.send?.({ ingestedMs, totalMs: performance.now() - startedAt, sent });
await store.close();
process.disconnect();

function channelsOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `slack:C${at}`);
}
