import { createKindReader } from '../../src/event-kinds.ts';
import { createFeedDesk } from '../../src/feed-desk.ts';
import { createFetcher } from '../../src/feeds/fetch.ts';
import type { AddressGuard } from '../../src/feeds/guard.ts';
import { createParser } from '../../src/feeds/parse.ts';
import { createJudge } from '../../src/judge.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { createLogger } from '../../src/ops/log.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { openVault } from '../../src/ops/vault.ts';
import { createPoller } from '../../src/poll.ts';
import { createPageReader } from '../../src/read-pages.ts';
import { sealHeaders } from '../../src/sealed-headers.ts';
import type { Store } from '../../src/store/store.ts';
import type { FeedSettings } from '../../src/store/subscriptions.ts';
import { loadLanguageReader } from '../../src/text/language.ts';
import { createWatchList } from '../../src/watch-list.ts';
import { feedOf } from './feeds.ts';

const places = loadGazetteer();
const readLanguage = await loadLanguageReader();
const kinds = createKindReader({});
const judge = createJudge(kinds);

/** The operator's own hosts are polled without a rest; public ones get theirs. */
export type Hosts = 'own' | 'public';

/** A poller and a page reader on a store, over real HTTP, with a clock that the test sets. */
export async function openPolling(store: Store, hosts: Hosts, startAt: number) {
  const clock = { now: startAt };
  const guard: AddressGuard = { allows: () => true, isOwn: () => hosts === 'own' };
  const log = createLogger({ level: 'error', now: () => clock.now, write: () => {} });
  const fetcher = createFetcher({
    allowPrivate: guard,
    userAgent: 'Tocsin/test',
    timeoutMs: 5_000,
    maxBytes: 1_000_000,
  });
  const parser = createParser({ timeoutMs: 10_000 });
  const vault = openVault({ secret: 'a secret of the tests', keyPath: null });
  const deps = {
    store,
    watchList: createWatchList(store, log, {}),
    places,
    readLanguage,
    workspaceOf: () => null,
    timezone: 'UTC',
    judge,
    kinds,
    metrics: createMetrics(),
    fetcher,
    parser,
    guard,
    now: () => clock.now,
    log,
    wake: () => {},
  };
  const poller = createPoller({ ...deps, vault, random: () => 0.5 });
  const pageReader = createPageReader(deps);
  const feedDesk = createFeedDesk({ ...deps, poller, vault });
  return {
    clock,
    deps,
    feedDesk,
    poller,
    /** Follows these addresses as the configuration file would. */
    async follow(feeds: (Partial<FeedSettings> & { url: string; headers?: Record<string, string> })[]) {
      const settings = feeds.map(({ url, headers = {}, ...more }) =>
        feedOf(url, { ...more, credentials: sealHeaders(headers, vault) }),
      );
      await store.subscriptions.syncConfig(settings, clock.now);
    },
    /** Polls what is due at that time, and waits until all of it is recorded. */
    async pollAt(now: number) {
      clock.now = now;
      await poller.tick();
      await poller.settled();
    },
    /** Reads the pages that are due, and waits until they are. */
    async readPages() {
      await pageReader.tick();
      await pageReader.settled();
    },
    /** The one feed that is followed. */
    async feed() {
      const [feed, ...others] = await store.feeds.list();
      if (feed === undefined || others.length > 0) throw new Error('one feed was expected');
      return feed;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([poller.stop(), pageReader.stop()]);
      await Promise.all([fetcher.close(), parser.close()]);
    },
  };
}
