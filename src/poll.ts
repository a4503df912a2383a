import { decodeDocument } from './feeds/decode.ts';
import { FeedError, type FeedFault } from './feeds/feed-error.ts';
import type { FeedFetcher, Fetched } from './feeds/fetch.ts';
import type { AddressGuard } from './feeds/guard.ts';
import { documentNote } from './feeds/health-note.ts';
import type { FeedParser } from './feeds/parse.ts';
import { gapsMs, nextPoll, slotOf } from './feeds/schedule.ts';
import { shownUrl } from './feeds/shown-url.ts';
import { patiently, restOfHost } from './host-rest.ts';
import type { Feed } from './model/feed.ts';
import { errorText, type Logger } from './ops/log.ts';
import type { Vault } from './ops/vault.ts';
import { type Ingested, ingest, type PipelineDeps } from './pipeline.ts';
import { openHeaders } from './sealed-headers.ts';
import type { PollRecord } from './store/feeds.ts';
import { storeTrouble } from './store/store-error.ts';

/** Longer than any poll may take, so that a lease lapses only when its process is gone. */
const LEASE_MS = 3 * 60_000;

/** Ticks come once a second: what is due before the middle of the next one is due now, or a poll "every 2s" takes 3. */
const HALF_TICK_MS = 500;

/** Feeds polled at the same time; each host gets one connection at a time. */
const CONCURRENCY = 16;

/** A document that breaks off makes no baseline: what is missing would be posted as news. */
const CUT_BASELINES = 3;

/** Even a server whose validators lie is read whole once a day. */
const WHOLE_READ_MS = 24 * 3_600_000;

export interface PollDeps extends Omit<PipelineDeps, 'signal' | 'failedBefore'> {
  fetcher: FeedFetcher;
  parser: FeedParser;
  /** Hosts that are the operator's own are not paced. */
  guard: AddressGuard;
  vault: Vault;
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
  /** Polls one feed now and resolves when that is recorded; false when it or its host is busy or resting. */
  pollNow(feedId: string): Promise<boolean>;
  /** Posts or stores what was held of a feed and decided about, without asking its server. */
  takeDecided(feedId: string): Promise<void>;
  /** Resolves when what runs has ended. */
  settled(): Promise<void>;
  /** Takes nothing new and resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createPoller(given: PollDeps): Poller {
  const running = new Set<Promise<void>>();
  const abort = new AbortController();
  const deps: TurnDeps = { ...given, stalled: new Set(), failedBefore: new Set(), signal: abort.signal };
  let leasing: Promise<void> | null = null;

  function start(feed: Feed): Promise<void> {
    const poll = pollFeed(feed, deps).finally(() => running.delete(poll));
    running.add(poll);
    // Thousands of feeds may be due at once: the next ones follow when half of these are done, not a tick later.
    void poll.then(() => (running.size <= CONCURRENCY / 2 ? fill() : undefined)).catch(() => {});
    return poll;
  }

  async function fill(): Promise<void> {
    const limit = CONCURRENCY - running.size;
    if (limit <= 0 || leasing !== null || abort.signal.aborted) return;
    leasing = lease(limit).finally(() => {
      leasing = null;
    });
    await leasing;
  }

  async function lease(limit: number): Promise<void> {
    const due = { now: deps.now() + HALF_TICK_MS, leaseMs: LEASE_MS, limit };
    for (const feed of await deps.store.feeds.leaseDue(due)) void start(feed);
  }

  async function settled(): Promise<void> {
    while (running.size > 0 || leasing !== null) await Promise.allSettled([...running, leasing]);
  }

  return {
    async tick() {
      await resume(deps);
      await fill();
    },
    async pollNow(feedId) {
      const lease = () => deps.store.feeds.leaseNow(feedId, { now: deps.now(), leaseMs: LEASE_MS });
      const feed = await patiently(lease, abort.signal);
      if (feed !== null) await start(feed);
      return feed !== null;
    },
    async takeDecided(feedId) {
      const feed = await deps.store.feeds.get(feedId);
      if (feed === null) return;
      const nothing = { title: feed.name, link: null, language: null, intervalHintMs: null };
      await ingest(feed, { ...nothing, items: [], isCutOff: false }, deps);
      deps.wake();
    },
    settled,
    async stop() {
      abort.abort();
      await settled();
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
    const request = requestOf(feed, deps);
    const fetched = await deps.fetcher.fetch(request, deps.signal);
    // Credentials are for the address that they were given for.
    const movedTo = feed.credentials === null ? fetched.movedTo : null;
    const outcome =
      fetched.kind === 'unmodified'
        ? ({ kind: 'unmodified', at: deps.now(), movedTo } as const)
        : await takeDocument(feed, { ...fetched, movedTo }, deps);
    const recentGapsMs = gapsMs(await deps.store.articles.recentDates(feed.id));
    const hintMs = outcome.kind === 'ok' ? outcome.hintMs : feed.hintMs;
    const next = schedule(feed, { kind: 'ok', maxAgeMs: fetched.maxAgeMs, recentGapsMs, hintMs }, deps);
    const isWhole = request.etag === null && request.lastModified === null;
    const host = await restOfHost(feed.address, null, deps);
    await deps.store.feeds.polled({
      feed,
      ...next,
      host,
      outcome: outcome.kind === 'ok' ? { ...outcome, isWhole } : outcome,
    });
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

function requestOf(feed: Feed, { vault, now }: TurnDeps) {
  const isWholeDue = feed.wholeReadAt === null || now() - feed.wholeReadAt >= WHOLE_READ_MS;
  return {
    url: feed.address,
    etag: isWholeDue ? null : feed.etag,
    lastModified: isWholeDue ? null : feed.lastModified,
    ...(feed.credentials !== null && { headers: openHeaders(feed.credentials, vault) }),
  };
}

async function takeDocument(
  feed: Feed,
  fetched: Fetched & { kind: 'document' },
  deps: TurnDeps,
): Promise<Omit<PollRecord['outcome'] & { kind: 'ok' }, 'isWhole'>> {
  const { text, repairedFrom } = decodeDocument(fetched.body, fetched.contentType);
  const document = await deps.parser.parse(text, fetched.url);
  if (document.isCutOff && feed.baselinedAt === null && feed.failures < CUT_BASELINES) {
    throw new FeedError(CUT_OFF);
  }
  const ingested = await ingest(feed, document, deps);
  if (ingested.added + ingested.revised + ingested.held > 0) deps.wake();
  report(feed, ingested, deps.log);
  // What lies behind a cut, and what could not be stored, is still to come: an answer of 304 would hide it.
  const isComplete = !document.isCutOff && ingested.failed === 0;
  const { etag, lastModified } = isComplete ? fetched : { etag: null, lastModified: null };
  return {
    kind: 'ok',
    at: deps.now(),
    title: document.title,
    etag,
    lastModified,
    hintMs: document.intervalHintMs,
    note: documentNote(document, repairedFrom),
    movedTo: fetched.movedTo,
  };
}

const CUT_OFF: FeedFault = {
  kind: 'broken',
  what: 'the document breaks off before its end',
  remedy: 'it is tried again later',
};

async function failed(feed: Feed, error: unknown, deps: TurnDeps): Promise<void> {
  if (storeTrouble(error) !== null) {
    // The next tick says so, once for all feeds.
    deps.stalled.add(feed);
    return;
  }
  const { now, store, log } = deps;
  const fault = error instanceof FeedError ? error : null;
  const failures = feed.failures + 1;
  const next = schedule(feed, { kind: 'failed', failures, retryAfterMs: fault?.retryAfterMs ?? null }, deps);
  const text = errorText(error);
  const isGone = fault?.kind === 'gone';
  // The same failure again is no news; it stays in /status.
  const level = text === feed.lastError ? 'debug' : 'warn';
  const due = isGone ? null : new Date(next.nextPollAt).toISOString();
  log[level]('feed failed', { feed: shownUrl(feed.url), error: text, next: due });
  const host = await restOfHost(feed.address, fault, deps);
  await store.feeds.polled({
    feed,
    ...next,
    host,
    outcome: { kind: 'failed', at: now(), error: text, isGone },
  });
}

function schedule(
  feed: Feed,
  outcome: Parameters<typeof nextPoll>[0]['outcome'],
  { now, random }: PollDeps,
): { nextPollAt: number; reason: string } {
  const slot = slotOf(feed.id);
  const next = nextPoll({ now: now(), everyMs: feed.everyMs, outcome, random: random(), slot });
  return { nextPollAt: next.at, reason: next.reason };
}

function report(feed: Feed, { added, revised, alerted }: Ingested, log: Logger): void {
  const shown = shownUrl(feed.url);
  if (feed.baselinedAt === null) log.info('feed baselined', { feed: shown, articles: added });
  else if (added + revised > 0) log.info('feed read', { feed: shown, added, revised, alerted });
}
