import { decodeDocument } from './feeds/decode.ts';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedFetcher, Fetched } from './feeds/fetch.ts';
import type { FeedParser } from './feeds/parse.ts';
import { nextPoll } from './feeds/schedule.ts';
import type { Feed } from './model/feed.ts';
import { errorText, type Logger } from './ops/log.ts';
import { type Ingested, ingest, type PipelineDeps } from './pipeline.ts';
import type { PollRecord } from './store/feeds.ts';
import { storeTrouble } from './store/store-error.ts';

/** Longer than any poll may take, so that a lease lapses only when its process is gone. */
const LEASE_MS = 2 * 60_000;

/** Ticks come once a second: what is due before the middle of the next one is due now, or a poll "every 2s" takes 3. */
const HALF_TICK_MS = 500;

/** Feeds polled at the same time; each host gets one connection at a time. */
const CONCURRENCY = 16;

export interface PollDeps extends PipelineDeps {
  fetcher: FeedFetcher;
  parser: FeedParser;
  random: () => number;
  /** Called when alerts may wait in the outbox. */
  wake: () => void;
}

/** The loop that leases due feeds. */
export interface Poller {
  /** Starts the polls that are due, as far as there is room, without waiting for them. */
  tick(): Promise<void>;
  /** Takes nothing new and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createPoller(deps: PollDeps): Poller {
  const running = new Set<Promise<void>>();
  const hosts = new Map<string, Promise<void>>();
  const abort = new AbortController();
  const stalled = new Set<string>();

  function start(feed: Feed): void {
    const host = new URL(feed.url).host;
    const turn = (hosts.get(host) ?? Promise.resolve()).then(() =>
      pollFeed(feed, { ...deps, stalled }, abort.signal),
    );
    hosts.set(host, turn);
    running.add(turn);
    void turn.finally(() => {
      running.delete(turn);
      if (hosts.get(host) === turn) hosts.delete(host);
    });
  }

  return {
    async tick() {
      const room = CONCURRENCY - running.size;
      if (room <= 0 || abort.signal.aborted) return;
      await resume(stalled, deps);
      const soon = deps.now() + HALF_TICK_MS;
      for (const feed of await deps.store.feeds.leaseDue(soon, LEASE_MS, room)) start(feed);
    },
    async stop() {
      abort.abort();
      await Promise.allSettled(running);
    },
  };
}

/** Feeds whose poll the store could not record are due again as soon as it can; throws while it can't. */
async function resume(stalled: Set<string>, { store }: PollDeps): Promise<void> {
  for (const feedId of stalled) {
    await store.feeds.release(feedId);
    stalled.delete(feedId);
  }
}

interface TurnDeps extends PollDeps {
  /** Feeds whose lease could not be given back. */
  stalled: Set<string>;
}

/** One poll, whatever happens: its outcome is in the store and in one log line. */
async function pollFeed(feed: Feed, deps: TurnDeps, signal: AbortSignal): Promise<void> {
  const startedAt = deps.now();
  try {
    const fetched = await deps.fetcher.fetch(feed, signal);
    const record =
      fetched.kind === 'unmodified' ? await unmodified(feed, deps) : await take(feed, fetched, deps);
    await deps.store.feeds.polled(record);
  } catch (error) {
    await (signal.aborted ? interrupted(feed, deps) : failed(feed, error, deps)).catch((cause: unknown) => {
      deps.stalled.add(feed.id);
      deps.log.error('poll not recorded', { feed: feed.url, error: errorText(cause) });
    });
  } finally {
    deps.log.debug('feed polled', { feed: feed.url, ms: deps.now() - startedAt });
  }
}

async function take(
  feed: Feed,
  fetched: Fetched & { kind: 'document' },
  deps: PollDeps,
): Promise<PollRecord> {
  const document = await deps.parser.parse(decodeDocument(fetched.body, fetched.contentType), fetched.url);
  const ingested = await ingest(feed, document, deps);
  if (ingested.added + ingested.revised > 0) deps.wake();
  if (ingested.failed > 0)
    throw new Error(`${ingested.failed} articles could not be stored; they are tried again`);
  if (feed.baselinedAt === null) await deps.store.feeds.baselined(feed.id, deps.now());
  report(feed, ingested, deps.log);
  const recentGapsMs = await deps.store.articles.recentGapsMs(feed.id);
  const next = schedule(feed, { kind: 'ok', maxAgeMs: fetched.maxAgeMs, recentGapsMs }, deps);
  // What lies behind the cut is still to come: an answer of 304 would hide it.
  const { etag, lastModified } = document.isCutOff ? { etag: null, lastModified: null } : fetched;
  return { ...next, outcome: { kind: 'ok', at: deps.now(), title: document.title, etag, lastModified } };
}

async function unmodified(feed: Feed, deps: PollDeps): Promise<PollRecord> {
  const recentGapsMs = await deps.store.articles.recentGapsMs(feed.id);
  const next = schedule(feed, { kind: 'ok', maxAgeMs: null, recentGapsMs }, deps);
  return { ...next, outcome: { kind: 'unmodified', at: deps.now() } };
}

/** Nobody's fault: the process is stopping, and the feed is due again at the next start. */
async function interrupted(feed: Feed, deps: PollDeps): Promise<void> {
  await deps.store.feeds.release(feed.id);
}

async function failed(feed: Feed, error: unknown, deps: TurnDeps): Promise<void> {
  if (storeTrouble(error) !== null) {
    // The next tick says so, once for all feeds.
    deps.stalled.add(feed.id);
    return;
  }
  const retryAfterMs = error instanceof FeedError ? error.retryAfterMs : null;
  const next = schedule(feed, { kind: 'failed', failures: feed.failures + 1, retryAfterMs }, deps);
  const text = errorText(error);
  // The same failure again is no news; it stays in /status.
  const level = text === feed.lastError ? 'debug' : 'warn';
  deps.log[level]('feed failed', {
    feed: feed.url,
    error: text,
    next: new Date(next.nextPollAt).toISOString(),
  });
  await deps.store.feeds.polled({ ...next, outcome: { kind: 'failed', error: text } });
}

function schedule(
  feed: Feed,
  outcome: Parameters<typeof nextPoll>[0]['outcome'],
  { now, random }: PollDeps,
): { feedId: string; nextPollAt: number; reason: string } {
  const next = nextPoll({ now: now(), everyMs: feed.everyMs, outcome, random: random() });
  return { feedId: feed.id, nextPollAt: next.at, reason: next.reason };
}

function report(feed: Feed, { added, revised, alerted }: Ingested, log: Logger): void {
  if (feed.baselinedAt === null) log.info('feed baselined', { feed: feed.url, articles: added });
  else if (added + revised > 0) log.info('feed read', { feed: feed.url, added, revised, alerted });
}
