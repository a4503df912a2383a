import type { FeedDesk, Look } from './chat/feed-desk.ts';
import { FeedError, type FeedFault } from './feeds/feed-error.ts';
import type { FeedFetcher } from './feeds/fetch.ts';
import { type AddressGuard, checkedUrl } from './feeds/guard.ts';
import { canonicalLink } from './feeds/identity.ts';
import type { FeedParser } from './feeds/parse.ts';
import { type RemoteFeed, readRemote } from './feeds/read-remote.ts';
import { gapsMs, median } from './feeds/schedule.ts';
import { patiently, restOfHost } from './host-rest.ts';
import { importFeeds } from './import-feeds.ts';
import type { Feed } from './model/feed.ts';
import type { Vault } from './ops/vault.ts';
import type { Poller } from './poll.ts';
import { loginHeaders, sealHeaders } from './sealed-headers.ts';
import type { Store } from './store/store.ts';
import { visibleTo } from './store/subscriptions.ts';

/** The newest items that a person sees before deciding. */
const NEWEST = 3;

/** Discord and Slack take an answer for 15 minutes and more; nobody waits longer than this for one. */
const LOOK_MS = 60_000;

interface DeskDeps {
  guard: AddressGuard;
  store: Store;
  fetcher: FeedFetcher;
  parser: FeedParser;
  poller: Poller;
  vault: Vault;
  now: () => number;
}

/** The polling side for commands. */
export function createFeedDesk(deps: DeskDeps): FeedDesk {
  const { store, poller, vault, now } = deps;
  return {
    look: (address, headers) => lookAtFirst(spellings(address), headers, deps),
    async known(url, workspace) {
      const wanted = canonicalLink(spellings(url)[0]);
      const feeds = await store.feeds.list();
      return feeds.find((feed) => isAt(feed, wanted) && visibleTo(workspace, feed).length > 0) ?? null;
    },
    keep(url, headers, workspace) {
      const credentials = sealHeaders(headers, vault);
      return store.subscriptions.feedAt(
        { url, owner: credentials === null ? '' : workspace, credentials },
        now(),
      );
    },
    pollNow: (feedId) => poller.pollNow(feedId),
    takeDecided: (feedId) => poller.takeDecided(feedId),
    async importList(opml, asked) {
      try {
        return await importFeeds(opml, { ...asked, origin: 'chat' }, deps);
      } catch (error) {
        if (!(error instanceof FeedError)) throw error;
        return error.message;
      }
    },
  };
}

function isAt(feed: Feed, canonical: string): boolean {
  return [feed.url, feed.address].some((address) => canonicalLink(address) === canonical);
}

/** People leave the scheme out; few sites still have only http. */
function spellings(address: string): [string, ...string[]] {
  const hasScheme = /^[a-z][\w+-]*:(?!\d)/i.test(address) || !address.includes('.');
  return hasScheme ? [address] : [`https://${address}`, `http://${address}`];
}

/** What is at the first of these addresses that gives an answer, or what is wrong with the first. */
async function lookAtFirst(
  [first, ...others]: [string, ...string[]],
  headers: Record<string, string>,
  deps: DeskDeps,
): Promise<Look> {
  const found = await look(first, headers, deps);
  // What is secret is never sent in the clear unasked.
  const hasSecret = Object.keys(headers).length > 0 || first.includes('@');
  for (const other of found.kind === 'problem' && !hasSecret ? others : []) {
    const second = await look(other, headers, deps);
    if (second.kind !== 'problem') return second;
  }
  return found;
}

/** What is at the address; a page that names one feed only is that feed, unless it is a page too. */
async function look(
  address: string,
  headers: Record<string, string>,
  deps: DeskDeps,
  isFromPage = false,
): Promise<Look> {
  let asked = headers;
  try {
    const target = checkedUrl(address);
    const { url } = target;
    asked = { ...loginHeaders(target), ...headers };
    if (Object.keys(asked).length > 0) checkVault(deps.vault);
    const remote = await politely(url, deps, (signal) =>
      readRemote({ url: url.href, headers: asked }, deps, signal),
    );
    return shown(url.href, asked, remote);
  } catch (error) {
    if (error instanceof VaultError) return { kind: 'problem', text: `${asSentence(error.message)}.` };
    if (!(error instanceof FeedError)) throw error;
    // Credentials are for the site that they were given for, and a page may name any.
    const feeds = error.feeds.map(({ url, title }) => ({
      url,
      title,
      headers: isSameOrigin(url, address) ? asked : {},
    }));
    const [only, ...others] = feeds;
    if (only === undefined || isFromPage) return { kind: 'problem', text: asSentence(error.message) };
    if (others.length > 0) return { kind: 'page', feeds };
    return look(only.url, only.headers, deps, true);
  }
}

/** What the work resolves to, done while nobody else asks the host, when it may be asked. Throws FeedError. */
async function politely<T>(url: URL, deps: DeskDeps, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { store, now } = deps;
  const signal = AbortSignal.timeout(LOOK_MS);
  const until = now() + LOOK_MS;
  const take = async () => ((await store.hosts.take(url.host, { now: now(), until })) ? url.host : null);
  if ((await patiently(take)) === null) throw new FeedError(resting(url.host));
  let trouble: FeedError | null = null;
  try {
    return await work(signal);
  } catch (error) {
    trouble = error instanceof FeedError ? error : null;
    throw error;
  } finally {
    await store.hosts.yield(url.host, { until, ...(await restOfHost(url.href, trouble, deps)) });
  }
}

function resting(host: string): FeedFault {
  const what = `${host} is being asked, or wants a pause, just now`;
  return { kind: 'rate-limited', what, remedy: 'try again in some minutes' };
}

/** Credentials that can't be kept are not asked for. */
function checkVault(vault: Vault): void {
  try {
    vault.seal('');
  } catch (cause) {
    throw new VaultError((cause as Error).message, { cause });
  }
}

class VaultError extends Error {}

function isSameOrigin(url: string, other: string): boolean {
  return URL.parse(url)?.origin === URL.parse(other)?.origin;
}

/** A host that begins a sentence stays as it is. */
function asSentence(text: string): string {
  return text.replace(/^(?:the|an?|one)\b/, (word) => word[0]?.toUpperCase() + word.slice(1));
}

function shown(url: string, headers: Record<string, string>, { document, movedTo, note }: RemoteFeed): Look {
  const dates = document.items.map((item) => item.publishedAt).filter((date) => date !== null);
  const newest = document.items.toSorted((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0));
  const mayMove = movedTo !== null && (Object.keys(headers).length === 0 || isSameOrigin(movedTo, url));
  return {
    kind: 'feed',
    url: mayMove ? movedTo : url,
    headers,
    title: document.title,
    language: document.language,
    count: document.items.length,
    newest: newest.slice(0, NEWEST).map(({ title, publishedAt }) => ({ title, publishedAt })),
    gapMs: median(gapsMs(dates)),
    note,
  };
}
