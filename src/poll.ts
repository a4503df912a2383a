import { decodeDocument } from './feeds/decode.ts';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedFetcher, Fetched } from './feeds/fetch.ts';
import type { FeedParser } from './feeds/parse.ts';
import { nextPoll } from './feeds/schedule.ts';
import { shownUrl } from './feeds/shown-url.ts';
import type { Feed } from './model/feed.ts';
import { errorText, type Logger } from './ops/log.ts';
import { type Ingested, ingest, type PipelineDeps } from './pipeline.ts';
import type { PollRecord } from './store/feeds.ts';
import { storeTrouble } from './store/store-error.ts';

/** Longer than any poll may take, so that a lease lapses only when its process is gone. */
const LEASE_MS = 3 * 60_000;

/** Ticks come once a second: what is due before the middle of the next one is due now, or a poll "every 2s" takes 3. */
const HALF_TICK_MS = 500;

/** Feeds polled at the same time; each host gets one connection at a time. */
const CONCURRENCY = 16;

export interface PollDeps extends Omit<PipelineDeps, 'signal' | 'failedBefore'> {
  fetcher: FeedFetcher;
  parser: FeedParser;
  random: () => number;
  /** Called when alerts may wait in the outbox. */
  wake: () => void;
}

/** What the polls of one poller share. */
interface TurnDeps extends PollDeps, PipelineDeps {
  /** Feeds whose poll the store could not record. */
  stalled: Set<Feed>;
}

/** The loop that leases due feeds. */
export interface Poller {
  /** Starts the polls that are due, as far as there is room, without waiting for them. */
  tick(): Promise<void>;
  /** Takes nothing new and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createPoller(given: PollDeps): Poller {
  const running = new Map<string, Promise<void>>();
  const abort = new AbortController();
  const deps: TurnDeps = { ...given, stalled: new Set(), failedBefore: new Set(), signal: abort.signal };

  function start(feed: Feed): void {
    const { host } = new URL(feed.url);
    running.set(
      host,
      pollFeed(feed, deps).finally(() => running.delete(host)),
    );
  }

  return {
    async tick() {
      const limit = CONCURRENCY - running.size;
      if (limit <= 0 || abort.signal.aborted) return;
      await resume(deps);
      const due = {
        now: deps.now() + HALF_TICK_MS,
        leaseMs: LEASE_MS,
        limit,
        busyHosts: new Set(running.keys()),
      };
      for (const feed of await deps.store.feeds.leaseDue(due)) start(feed);
    },
    async stop() {
      abort.abort();
      await Promise.allSettled(running.values());
    },
  };
}

/** Feeds whose poll the store could not record are due again as soon as it can; throws while it can't. */
async function resume({ stalled, store }: TurnDeps): Promise<void> {
  for (const feed of stalled) {
    await store.feeds.release(feed);
    stalled.delete(feed);
  }
}

/** One poll, whatever happens: its outcome is in the store and in one log line. */
async function pollFeed(feed: Feed, deps: TurnDeps): Promise<void> {
  const startedAt = deps.now();
  try {
    const fetched = await deps.fetcher.fetch(feed, deps.signal);
    const outcome =
      fetched.kind === 'unmodified'
        ? ({ kind: 'unmodified', at: deps.now() } as const)
        : await takeDocument(feed, fetched, deps);
    const maxAgeMs = fetched.kind === 'document' ? fetched.maxAgeMs : null;
    const recentGapsMs = await deps.store.articles.recentGapsMs(feed.id);
    const next = schedule(feed, { kind: 'ok', maxAgeMs, recentGapsMs }, deps);
    await deps.store.feeds.polled({ feed, ...next, outcome });
  } catch (error) {
    await (deps.signal.aborted ? deps.store.feeds.release(feed) : failed(feed, error, deps)).catch(
      (cause: unknown) => {
        deps.stalled.add(feed);
        deps.log.error('poll not recorded', { feed: shownUrl(feed.url), error: errorText(cause) });
      },
    );
  } finally {
    deps.log.debug('feed polled', { feed: shownUrl(feed.url), ms: deps.now() - startedAt });
  }
}

async function takeDocument(
  feed: Feed,
  fetched: Fetched & { kind: 'document' },
  deps: TurnDeps,
): Promise<PollRecord['outcome']> {
  const document = await deps.parser.parse(decodeDocument(fetched.body, fetched.contentType), fetched.url);
  const ingested = await ingest(feed, document, deps);
  if (ingested.added + ingested.revised > 0) deps.wake();
  report(feed, ingested, deps.log);
  // What lies behind a cut, and what could not be stored, is still to come: an answer of 304 would hide it.
  const isComplete = !document.isCutOff && ingested.failed === 0;
  const { etag, lastModified } = isComplete ? fetched : { etag: null, lastModified: null };
  return { kind: 'ok', at: deps.now(), title: document.title, etag, lastModified };
}

async function failed(feed: Feed, error: unknown, deps: TurnDeps): Promise<void> {
  if (storeTrouble(error) !== null) {
    // The next tick says so, once for all feeds.
    deps.stalled.add(feed);
    return;
  }
  const retryAfterMs = error instanceof FeedError ? error.retryAfterMs : null;
  const next = schedule(feed, { kind: 'failed', failures: feed.failures + 1, retryAfterMs }, deps);
  const text = errorText(error);
  // The same failure again is no news; it stays in /status.
  const level = text === feed.lastError ? 'debug' : 'warn';
  const due = new Date(next.nextPollAt).toISOString();
  deps.log[level]('feed failed', { feed: shownUrl(feed.url), error: text, next: due });
  await deps.store.feeds.polled({ feed, ...next, outcome: { kind: 'failed', error: text } });
}

function schedule(
  feed: Feed,
  outcome: Parameters<typeof nextPoll>[0]['outcome'],
  { now, random }: PollDeps,
): { nextPollAt: number; reason: string } {
  const next = nextPoll({ now: now(), everyMs: feed.everyMs, outcome, random: random() });
  return { nextPollAt: next.at, reason: next.reason };
}

function report(feed: Feed, { added, revised, alerted }: Ingested, log: Logger): void {
  const shown = shownUrl(feed.url);
  if (feed.baselinedAt === null) log.info('feed baselined', { feed: shown, articles: added });
  else if (added + revised > 0) log.info('feed read', { feed: shown, added, revised, alerted });
}
