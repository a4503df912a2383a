import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKindReader } from '../../src/event-kinds.ts';
import { decodeDocument } from '../../src/feeds/decode.ts';
import { createFetcher } from '../../src/feeds/fetch.ts';
import { createParser } from '../../src/feeds/parse.ts';
import { createJudge } from '../../src/judge.ts';
import { loadGazetteer } from '../../src/knowledge/places.ts';
import { createLogger } from '../../src/ops/log.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { schedule } from '../../src/ops/ticker.ts';
import { openVault } from '../../src/ops/vault.ts';
import { ingest } from '../../src/pipeline.ts';
import { createPoller, type PollDeps } from '../../src/poll.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { loadLanguageReader } from '../../src/text/language.ts';
import { createWatchList } from '../../src/watch-list.ts';
import { feedOf } from '../support/feeds.ts';
import { folderPlace } from '../support/stores.ts';

/** As many as the poller asks at the same time. */
const CONCURRENCY = 16;

/** The operator's own hosts are polled without a rest; public ones get theirs. */
export type Hosts = 'own' | 'public';

/** What the process itself did meanwhile. */
export interface Strain {
  seconds: number;
  eventLoopDelayP99Ms: number;
  eventLoopDelayMaxMs: number;
  /** Of one processor, the parser's thread included. */
  cpuShare: number;
}

/** A poller as `tocsin start` has it, ticked every second, with a store on disk that follows these addresses. */
export async function openRoom(addresses: string[], everyMs: number) {
  const place = await folderPlace();
  const store = await openStore(place.location);
  const settings = addresses.map((url) => feedOf(url, { everyMs, fullText: false }));
  await store.exclusive((tables) => tables.subscriptions.syncConfig(settings, Date.now()));
  const polls = observe(store);
  let hosts: Hosts = 'own';
  const guard = { allows: () => true, isOwn: () => hosts === 'own' };
  const limits = { userAgent: 'Tocsin/bench', timeoutMs: 15_000, maxBytes: 10_000_000 };
  const log = createLogger({ level: 'warn', now: Date.now, write: (line) => process.stderr.write(line) });
  const kinds = createKindReader({});
  const deps = {
    store,
    watchList: createWatchList(store, log, {}),
    places: loadGazetteer(),
    readLanguage: await loadLanguageReader(),
    workspaceOf: () => null,
    timezone: 'UTC',
    metrics: createMetrics(),
    judge: createJudge(kinds),
    kinds,
    fetcher: createFetcher({ allowPrivate: guard, ...limits }),
    parser: createParser({ timeoutMs: 10_000 }),
    guard,
    vault: openVault({ secret: 'a secret of the bench', keyPath: null }),
    now: Date.now,
    random: Math.random,
    log,
    wake: () => {},
  };
  await storeArticles(deps);
  const poller = createPoller(deps);

  async function pollWhile(of: Hosts, work: () => Promise<void>): Promise<Strain> {
    hosts = of;
    const strain = startStrain();
    const ticks = schedule('poller', '* * * * * *', log, () => poller.tick());
    await poller.tick();
    await work();
    await ticks.stop();
    return strain.end();
  }

  return {
    dueAt: polls.dueAt,
    /** Polls what is due for so long. */
    poll: (of: Hosts, ms: number) => pollWhile(of, () => sleep(ms)),
    /** Makes every feed due and polls until the polls of all are recorded. */
    async catchUp(of: Hosts): Promise<Strain> {
      const feeds = await store.feeds.list();
      await store.transaction(async (tables) => {
        for (const { id } of feeds) await tables.feeds.wake(id, Date.now());
      });
      polls.recorded.clear();
      return pollWhile(of, async () => {
        while (polls.recorded.size < feeds.length) await sleep(10);
      });
    },
    async [Symbol.asyncDispose]() {
      await poller.stop();
      await Promise.all([deps.fetcher.close(), deps.parser.close()]);
      await store.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Stores what the feeds have now, a feed at a time: their first polls would write 28,000 articles one at a time. */
async function storeArticles(deps: PollDeps): Promise<void> {
  const { store, fetcher, parser } = deps;
  const signal = new AbortController().signal;
  await forEachOf(await store.feeds.list(), async (feed) => {
    const fetched = await fetcher.fetch({ url: feed.url, etag: null, lastModified: null }, signal);
    if (fetched.kind === 'unmodified') return;
    const document = await parser.parse(decodeDocument(fetched.body, fetched.contentType).text, feed.url);
    await store.transaction(async (tables) => {
      const inside: Store = { ...store, ...tables, exclusive: (work) => work(tables) };
      const watchList = createWatchList(inside, deps.log, {});
      await ingest(feed, document, { ...deps, watchList, store: inside, signal, failedBefore: new Set() });
    });
  });
}

/** Does the work of each value, as many at the same time as the poller asks feeds. */
export async function forEachOf<T>(values: T[], work: (value: T) => Promise<void>): Promise<void> {
  const waiting = values.values();
  const takeTurns = async () => {
    for (const value of waiting) await work(value);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, takeTurns));
}

/** Notes when each feed was due whenever it is leased, and which feeds' polls are recorded. */
function observe(store: Store) {
  const leases = new Map<string, { dueAt: number; at: number }[]>();
  const recorded = new Set<string>();
  const { feeds } = store;
  const leaseDue = feeds.leaseDue.bind(feeds);
  const polled = feeds.polled.bind(feeds);
  feeds.leaseDue = async (lease) => {
    const leased = await leaseDue(lease);
    for (const { url, nextPollAt } of leased) {
      leases.set(url, [...(leases.get(url) ?? []), { dueAt: nextPollAt, at: Date.now() }]);
    }
    return leased;
  };
  feeds.polled = async (poll) => {
    await polled(poll);
    recorded.add(poll.feed.id);
  };
  return {
    recorded,
    /** When the request at `at` for this address was due. */
    dueAt(url: string, at: number): number {
      const lease = leases.get(url)?.findLast((one) => one.at <= at);
      if (lease === undefined) throw new Error(`${url} was asked without a lease`);
      return lease.dueAt;
    },
  };
}

function startStrain(): { end(): Strain } {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  delay.enable();
  return {
    end() {
      delay.disable();
      const seconds = (performance.now() - startedAt) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      return {
        seconds,
        eventLoopDelayP99Ms: delay.percentile(99) / 1e6,
        eventLoopDelayMaxMs: delay.max / 1e6,
        cpuShare: (user + system) / 1e6 / seconds,
      };
    },
  };
}
