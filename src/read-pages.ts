import { bodyOf } from './feeds/article-text.ts';
import { decodeDocument } from './feeds/decode.ts';
import { FeedError } from './feeds/feed-error.ts';
import type { FeedFetcher } from './feeds/fetch.ts';
import { fullText } from './feeds/full-text.ts';
import type { AddressGuard } from './feeds/guard.ts';
import type { PageText } from './feeds/page-text.ts';
import type { FeedParser } from './feeds/parse.ts';
import { shownUrl } from './feeds/shown-url.ts';
import { restOfHost } from './host-rest.ts';
import { errorText } from './ops/log.ts';
import { enrich, type PipelineDeps } from './pipeline.ts';
import type { KnownArticle } from './store/article-rows.ts';
import type { DuePage } from './store/pages.ts';
import { storeTrouble } from './store/store-error.ts';

/** Longer than fetching and reading one page may take. */
const LEASE_MS = 60_000;

/** Pages read at the same time, each of another host. */
const CONCURRENCY = 8;

/** A page that can't be had now is tried again after these; the alert went out with what the feed said. */
const RETRY_MS = [2 * 60_000, 15 * 60_000];

/** Feeds of one site share articles; a page that was just read is not fetched again. */
const CACHE_MS = 60 * 60_000;
const CACHED = 200;

export interface PageDeps extends Omit<PipelineDeps, 'signal' | 'failedBefore'> {
  fetcher: FeedFetcher;
  parser: FeedParser;
  guard: AddressGuard;
  /** Called when alerts may wait in the outbox. */
  wake: () => void;
}

/** The loop that reads the pages behind short articles. */
export interface PageReader {
  /** Starts what is due, as far as there is room, without waiting for it. */
  tick(): Promise<void>;
  /** Resolves when what runs has ended. */
  settled(): Promise<void>;
  /** Takes nothing new and resolves when what runs has ended. */
  stop(): Promise<void>;
}

interface TurnDeps extends PageDeps, PipelineDeps {
  /** What the pages read last say, by address, the oldest first. */
  read: Map<string, { at: number; page: PageText }>;
}

export function createPageReader(given: PageDeps): PageReader {
  const running = new Set<Promise<void>>();
  const abort = new AbortController();
  const deps: TurnDeps = { ...given, failedBefore: new Set(), signal: abort.signal, read: new Map() };
  async function settled(): Promise<void> {
    await Promise.allSettled(running);
  }
  return {
    async tick() {
      const room = CONCURRENCY - running.size;
      if (room <= 0 || abort.signal.aborted) return;
      for (const page of await deps.store.pages.due(deps.now(), room)) {
        const until = deps.now() + LEASE_MS;
        if (!(await deps.store.hosts.take(page.host, { now: deps.now(), until }))) continue;
        const turn = readPage(page, until, deps).finally(() => running.delete(turn));
        running.add(turn);
      }
    },
    settled,
    async stop() {
      abort.abort();
      await settled();
    },
  };
}

/** One page, whatever happens; a store that fails leaves it due, and its host's lease lapses. */
async function readPage(page: DuePage, until: number, deps: TurnDeps): Promise<void> {
  try {
    const trouble = await tryPage(page, deps);
    await deps.store.hosts.yield(page.host, { until, ...(await restOfHost(page.url, trouble, deps)) });
  } catch (error) {
    if (deps.signal.aborted) return;
    deps.log.warn('page postponed', { page: shownUrl(page.url), error: errorText(error) });
  }
}

/** What the page's server did wrong, or null. Throws when the store fails or the work is to end. */
async function tryPage(page: DuePage, deps: TurnDeps): Promise<FeedError | null> {
  const { store, now, wake } = deps;
  const article = await store.articles.get(page.articleId);
  const trouble = await takePage(page, article, deps).catch((error) => giveUp(page, error, deps));
  if (article?.storyId != null) await store.alerts.release(article.storyId, now());
  wake();
  return trouble;
}

/** Tries again later what may pass; a store that fails now is no fault of the page. */
async function giveUp(page: DuePage, error: unknown, deps: TurnDeps): Promise<FeedError | null> {
  const { store, now, log, signal } = deps;
  if (storeTrouble(error) !== null || signal.aborted) throw error;
  log.debug('page not read', { page: shownUrl(page.url), error: errorText(error) });
  const retryMs = isPassing(error) ? RETRY_MS[page.attempts] : undefined;
  if (retryMs === undefined) await store.pages.done(page.articleId);
  else await store.pages.postpone(page.articleId, now() + retryMs);
  return error instanceof FeedError ? error : null;
}

/** The article gets what its page says. The page stays wanted when the feed has said something else meanwhile. */
async function takePage(page: DuePage, article: KnownArticle | null, deps: TurnDeps): Promise<null> {
  const feed = article === null ? null : await deps.store.feeds.get(article.feedId);
  if (article !== null && feed?.subscriptions.some((one) => one.fullText)) {
    const read = await pageAt(page.url, article.revision > 1, deps);
    const said = { title: article.title, feed: bodyOf(article) };
    const body = fullText(said, read);
    const text = `${article.title}\n\n${body}`;
    deps.log.debug('page read', { page: shownUrl(page.url), characters: body.length });
    if (body !== said.feed && !(await enrich({ article, text }, feed, deps))) return null;
  }
  await deps.store.pages.done(page.articleId);
  return null;
}

/** What the page says; a revised article wants it as it is now. */
async function pageAt(
  url: string,
  isRevised: boolean,
  { fetcher, parser, read, now, signal }: TurnDeps,
): Promise<PageText> {
  const known = isRevised ? undefined : read.get(url);
  if (known !== undefined && now() - known.at < CACHE_MS) return known.page;
  const fetched = await fetcher.fetch({ url, etag: null, lastModified: null, kind: 'page' }, signal);
  if (fetched.kind === 'unmodified') return { title: null, text: null, feeds: [] };
  const page = await parser.page(decodeDocument(fetched.body, fetched.contentType).text, fetched.url);
  read.set(url, { at: now(), page });
  for (const oldest of read.keys()) if (read.size > CACHED) read.delete(oldest);
  return page;
}

function isPassing(error: unknown): boolean {
  return error instanceof FeedError && ['network', 'timeout', 'rate-limited', 'http'].includes(error.kind);
}
